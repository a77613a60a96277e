from django.urls import path

from leerkring.platform.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language_choose, name="language_choose"),
    path("theme/", views.theme_choose, name="theme_choose"),
    path("toegankelijkheid/", views.accessibility_page, name="accessibility_page"),
    path("privacy/", views.privacy_page, name="privacy_page"),
    path("help/", views.help_page, name="help_page"),
    path("parts/", views.parts_page, name="parts_page"),
]
