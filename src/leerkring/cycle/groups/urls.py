from django.urls import include, path

from leerkring.cycle.groups import views
from leerkring.cycle.groups.forming import views as forming

app_name = "groups"

FORMING = "<int:forming_id>/"

forming_urls = [
    path("", forming.formings_page, name="formings_page"),
    path("new/", forming.forming_new, name="forming_new"),
    path(FORMING, forming.forming_page, name="forming_page"),
    path(FORMING + "settings/", forming.forming_change, name="forming_change"),
    path(FORMING + "people/", forming.forming_people, name="forming_people"),
    path(FORMING + "people/<int:candidate_id>/", forming.candidate_page, name="candidate_page"),
    path(FORMING + "people/<int:candidate_id>/absent/", forming.candidate_absent, name="candidate_absent"),
    path(FORMING + "possible/new/", forming.possible_group_new, name="possible_group_new"),
    path(FORMING + "possible/<int:possible_id>/", forming.possible_group_edit, name="possible_group_edit"),
    path(FORMING + "possible/<int:possible_id>/remove/", forming.possible_group_remove, name="possible_group_remove"),
    path(FORMING + "pairs/", forming.pair_put, name="pair_put"),
    path(FORMING + "pairs/<int:pair_id>/remove/", forming.pair_remove, name="pair_remove"),
    path(FORMING + "form/", forming.forming_begin, name="forming_begin"),
    path(FORMING + "progress/", forming.forming_progress, name="forming_progress"),
    path(FORMING + "division/", forming.division_page, name="division_page"),
    path(FORMING + "division/move/", forming.candidate_move, name="candidate_move"),
    path(FORMING + "division/take-back/", forming.division_take_back, name="division_take_back"),
    path(FORMING + "division/throw-away/", forming.division_throw_away, name="division_throw_away"),
    path(FORMING + "division/bring-back/", forming.division_bring_back, name="division_bring_back"),
    path(FORMING + "division/fit-in/", forming.division_fit_in, name="division_fit_in"),
    path(FORMING + "division/make/", forming.division_make, name="division_make"),
]

urlpatterns = [
    path("<slug:slug>/groups/", views.groups_page, name="groups_page"),
    path("<slug:slug>/groups/new/", views.group_new, name="group_new"),
    path("<slug:slug>/groups/merge/", views.groups_merge, name="groups_merge"),
    path("<slug:slug>/groups/forming/", include(forming_urls)),
    path("<slug:slug>/groups/<int:group_id>/", views.group_page, name="group_page"),
    path("<slug:slug>/groups/<int:group_id>/edit/", views.group_edit, name="group_edit"),
    path("<slug:slug>/groups/<int:group_id>/split/", views.group_split, name="group_split"),
    path("<slug:slug>/groups/<int:group_id>/move/", views.group_move, name="group_move"),
    path("<slug:slug>/groups/<int:group_id>/move-back/", views.group_move_back, name="group_move_back"),
    path("<slug:slug>/groups/<int:group_id>/join/", views.group_join, name="group_join"),
    path("<slug:slug>/groups/<int:group_id>/leave/", views.group_leave, name="group_leave"),
    path("<slug:slug>/groups/<int:group_id>/come-back/", views.group_come_back, name="group_come_back"),
    path("<slug:slug>/groups/<int:group_id>/contact/", views.group_contact, name="group_contact"),
    path("<slug:slug>/groups/<int:group_id>/questions/", views.question_add, name="question_add"),
    path(
        "<slug:slug>/groups/<int:group_id>/questions/<int:question_id>/remove/",
        views.question_remove,
        name="question_remove",
    ),
    path("<slug:slug>/groups/<int:group_id>/cases/new/", views.case_new, name="case_new"),
    path("<slug:slug>/groups/<int:group_id>/cases/<int:case_id>/", views.case_page, name="case_page"),
    path("<slug:slug>/groups/<int:group_id>/cases/<int:case_id>/edit/", views.case_edit, name="case_edit"),
    path("<slug:slug>/groups/<int:group_id>/cases/<int:case_id>/close/", views.case_close, name="case_close"),
    path("<slug:slug>/groups/<int:group_id>/cases/<int:case_id>/reopen/", views.case_reopen, name="case_reopen"),
    path("<slug:slug>/groups/<int:group_id>/cases/<int:case_id>/take/", views.role_take, name="role_take"),
    path("<slug:slug>/groups/<int:group_id>/cases/<int:case_id>/lay-down/", views.role_lay_down, name="role_lay_down"),
    path("<slug:slug>/groups/<int:group_id>/results/<int:meeting_id>/", views.result_page, name="result_page"),
    path("<slug:slug>/groups/<int:group_id>/results/<int:meeting_id>/edit/", views.result_edit, name="result_edit"),
    path("<slug:slug>/roles/", views.roles_page, name="roles_page"),
    path("<slug:slug>/roles/start/", views.roles_start, name="roles_start"),
    path("<slug:slug>/roles/change/", views.role_change, name="role_change"),
    path("<slug:slug>/roles/retire/", views.role_retire, name="role_retire"),
    path("<slug:slug>/roles/bring-back/", views.role_bring_back, name="role_bring_back"),
]
