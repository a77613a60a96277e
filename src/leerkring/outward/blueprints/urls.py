from django.urls import path

from leerkring.outward.blueprints import views

HOME = "<slug:slug>/blueprints/"

app_name = "blueprints"
urlpatterns = [
    path(HOME, views.blueprints_page, name="blueprints_page"),
    path(HOME + "import/", views.blueprint_import, name="blueprint_import"),
    path(HOME + "kept/<int:blueprint_id>/remove/", views.blueprint_remove, name="blueprint_remove"),
    path(HOME + "kept/<int:blueprint_id>/restore/", views.blueprint_restore, name="blueprint_restore"),
    path(HOME + "<str:source>/", views.blueprint_page, name="blueprint_page"),
    path(HOME + "<str:source>/workforms/", views.workforms_take, name="workforms_take"),
    path(HOME + "<str:source>/plan/", views.blueprint_plan, name="blueprint_plan"),
    path(HOME + "<str:source>/file/", views.blueprint_file, name="blueprint_file"),
]
