from django.urls import path

from leerkring.community.people.views import profile, settings

app_name = "people"
urlpatterns = [
    path("profile/", profile.profile_page, name="profile_page"),
    path("profile/edit/", profile.profile_edit, name="profile_edit"),
    path("platform/", settings.platform_page, name="platform_page"),
    path("platform/organisations/add/", settings.organisation_add, name="organisation_add"),
    path("platform/organisations/<int:organisation_id>/", settings.organisation_page, name="organisation_page"),
    path(
        "platform/organisations/<int:organisation_id>/rename/", settings.organisation_rename, name="organisation_rename"
    ),
    path(
        "platform/organisations/<int:organisation_id>/remove/", settings.organisation_remove, name="organisation_remove"
    ),
    path("platform/organisations/<int:organisation_id>/units/add/", settings.unit_add, name="unit_add"),
    path("platform/units/<int:unit_id>/", settings.unit_page, name="unit_page"),
    path("platform/units/<int:unit_id>/edit/", settings.unit_edit, name="unit_edit"),
    path("platform/units/<int:unit_id>/remove/", settings.unit_remove, name="unit_remove"),
    path("platform/policy-fields/add/", settings.policy_field_add, name="policy_field_add"),
    path("platform/policy-fields/<int:policy_field_id>/", settings.policy_field_page, name="policy_field_page"),
    path(
        "platform/policy-fields/<int:policy_field_id>/rename/", settings.policy_field_rename, name="policy_field_rename"
    ),
    path(
        "platform/policy-fields/<int:policy_field_id>/remove/", settings.policy_field_remove, name="policy_field_remove"
    ),
]
