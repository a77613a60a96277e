from django.urls import path

from leerkring.community.memberships.views import arrivals, demo, doors, keepers, own, people

app_name = "memberships"
urlpatterns = [
    path("demo/", demo.demo_page, name="demo_page"),
    path("join/code/", arrivals.join_code, name="join_code"),
    path("join/confirm/<str:token>/", arrivals.join_confirm, name="join_confirm"),
    path("join/<str:token>/", arrivals.join_page, name="join_page"),
    path("profile/leave/", own.leave_page, name="leave_page"),
    path("memberships/<int:membership_id>/return/", own.membership_return, name="membership_return"),
    path(
        "organisations/<int:organisation_id>/people/", keepers.organisation_people_page, name="organisation_people_page"
    ),
    path("platform/people/", keepers.platform_people_page, name="platform_people_page"),
    path("platform/people/add/", keepers.person_add, name="person_add"),
    path("platform/people/<int:person_id>/appoint/", keepers.platform_admin_appoint, name="platform_admin_appoint"),
    path("platform/people/<int:person_id>/dismiss/", keepers.platform_admin_dismiss, name="platform_admin_dismiss"),
    path(
        "platform/organisations/<int:organisation_id>/admins/add/",
        keepers.organisation_admin_appoint,
        name="organisation_admin_appoint",
    ),
    path(
        "platform/organisations/<int:organisation_id>/admins/<int:admin_id>/dismiss/",
        keepers.organisation_admin_dismiss,
        name="organisation_admin_dismiss",
    ),
    path("<slug:slug>/people/", people.people_page, name="people_page"),
    path("<slug:slug>/people/<int:person_id>/", people.person_page, name="person_page"),
    path("<slug:slug>/people/<int:person_id>/roles/", people.role_grant, name="role_grant"),
    path("<slug:slug>/people/<int:person_id>/roles/<int:grant_id>/end/", people.role_end, name="role_end"),
    path(
        "<slug:slug>/people/<int:person_id>/roles/<int:grant_id>/give-back/",
        people.role_give_back,
        name="role_give_back",
    ),
    path("<slug:slug>/people/<int:person_id>/place/", people.member_place, name="member_place"),
    path("<slug:slug>/people/<int:person_id>/level/", people.level_state, name="level_state"),
    path("<slug:slug>/people/<int:person_id>/remove/", people.member_remove, name="member_remove"),
    path("<slug:slug>/people/<int:person_id>/put-back/", people.member_put_back, name="member_put_back"),
    path("<slug:slug>/membership/", own.membership_page, name="membership_page"),
    path("<slug:slug>/membership/level/", own.level_choose, name="level_choose"),
    path("<slug:slug>/membership/confirm/", own.level_confirm, name="level_confirm"),
    path("<slug:slug>/membership/place/", own.place_choose, name="place_choose"),
    path("<slug:slug>/membership/leave/", own.membership_leave, name="membership_leave"),
    path("<slug:slug>/follow/", arrivals.follow_page, name="follow_page"),
    path("<slug:slug>/follow/now/", arrivals.follow, name="follow"),
    path("<slug:slug>/follow/ask/", arrivals.follow_ask, name="follow_ask"),
    path("<slug:slug>/invitations/", doors.invitations_page, name="invitations_page"),
    path("<slug:slug>/invitations/make/", doors.invitation_make, name="invitation_make"),
    path("<slug:slug>/invitations/doors/", doors.doors_choose, name="doors_choose"),
    path("<slug:slug>/invitations/<int:invitation_id>/close/", doors.invitation_close, name="invitation_close"),
    path("<slug:slug>/invitations/<int:invitation_id>/reopen/", doors.invitation_reopen, name="invitation_reopen"),
    path("<slug:slug>/organisations/", doors.organisations_page, name="organisations_page"),
    path("<slug:slug>/organisations/add/", doors.organisation_bring_in, name="organisation_bring_in"),
    path(
        "<slug:slug>/organisations/<int:organisation_id>/take-out/",
        doors.organisation_take_out,
        name="organisation_take_out",
    ),
    path(
        "<slug:slug>/organisations/<int:organisation_id>/put-back/",
        doors.organisation_put_back,
        name="organisation_put_back",
    ),
    path("<slug:slug>/organisations/units/add/", doors.own_unit_add, name="own_unit_add"),
]
