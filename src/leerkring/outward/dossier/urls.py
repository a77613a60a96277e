from django.urls import path

from leerkring.outward.dossier import views

app_name = "dossier"
urlpatterns = [
    path("<slug:slug>/dossier/", views.dossiers_page, name="dossiers_page"),
    path("<slug:slug>/dossier/make/", views.dossier_ask, name="dossier_ask"),
    path("<slug:slug>/dossier/<int:dossier_id>/", views.dossier_file, name="dossier_file"),
]
