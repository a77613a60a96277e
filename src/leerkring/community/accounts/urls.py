from django.urls import path

from leerkring.community.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in_page, name="sign_in_page"),
    path("sign-in/code/", views.sign_in_code, name="sign_in_code"),
    path("sign-in/link/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("sign-out/everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("demo/as/<str:token>/", views.demo_sign_in, name="demo_sign_in"),
    path("profile/addresses/", views.addresses_page, name="addresses_page"),
    path("profile/addresses/confirm/<str:token>/", views.address_confirm, name="address_confirm"),
    path("profile/addresses/<int:address_id>/main/", views.address_make_main, name="address_make_main"),
    path("profile/addresses/<int:address_id>/remove/", views.address_remove, name="address_remove"),
]
