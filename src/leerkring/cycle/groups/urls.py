from django.urls import path

from leerkring.cycle.groups import views

app_name = "groups"

urlpatterns = [
    path("<slug:slug>/groups/", views.groups_page, name="groups_page"),
    path("<slug:slug>/groups/new/", views.group_new, name="group_new"),
    path("<slug:slug>/groups/merge/", views.groups_merge, name="groups_merge"),
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
