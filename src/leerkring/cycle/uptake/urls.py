from django.urls import path

from leerkring.cycle.uptake import views
from leerkring.cycle.uptake.handing import views as handing

app_name = "uptake"

HANDOVER = "<slug:slug>/handovers/<int:handover_id>/"
COMMITMENT = "<slug:slug>/commitments/<int:commitment_id>/"

urlpatterns = [
    path("answer/<str:token>/", views.commitment_answer, name="commitment_answer"),
    path("take-over/<str:token>/", handing.handover_page, name="handover_page"),
    path("<slug:slug>/uptake/", views.matrix_page, name="matrix_page"),
    path("<slug:slug>/uptake/new/", views.change_new, name="change_new"),
    path("<slug:slug>/uptake/changes/<int:change_id>/", views.change_page, name="change_page"),
    path("<slug:slug>/uptake/changes/<int:change_id>/edit/", views.change_edit, name="change_edit"),
    path("<slug:slug>/uptake/changes/<int:change_id>/links/", views.change_links, name="change_links"),
    path("<slug:slug>/uptake/changes/<int:change_id>/start/", views.uptake_start, name="uptake_start"),
    path("<slug:slug>/uptake/changes/<int:change_id>/insights/", views.insight_link, name="insight_link"),
    path(
        "<slug:slug>/uptake/changes/<int:change_id>/insights/<int:insight_id>/loosen/",
        views.insight_loosen,
        name="insight_loosen",
    ),
    path("<slug:slug>/uptake/changes/<int:change_id>/goals/", views.goal_link, name="goal_link"),
    path(
        "<slug:slug>/uptake/changes/<int:change_id>/goals/<int:goal_id>/loosen/", views.goal_loosen, name="goal_loosen"
    ),
    path("<slug:slug>/uptake/changes/<int:change_id>/activities/", views.activity_link, name="activity_link"),
    path(
        "<slug:slug>/uptake/changes/<int:change_id>/activities/<int:activity_id>/loosen/",
        views.activity_loosen,
        name="activity_loosen",
    ),
    path("<slug:slug>/uptake/<int:uptake_id>/", views.uptake_page, name="uptake_page"),
    path("<slug:slug>/uptake/<int:uptake_id>/step-up/", views.uptake_step_up, name="uptake_step_up"),
    path("<slug:slug>/uptake/<int:uptake_id>/step-down/", views.uptake_step_down, name="uptake_step_down"),
    path("<slug:slug>/uptake/<int:uptake_id>/review/", views.uptake_review, name="uptake_review"),
    path("<slug:slug>/uptake/<int:uptake_id>/block/", views.uptake_block, name="uptake_block"),
    path("<slug:slug>/uptake/<int:uptake_id>/unblock/", views.uptake_unblock, name="uptake_unblock"),
    path("<slug:slug>/uptake/<int:uptake_id>/questions/new/", views.question_new, name="question_new"),
    path("<slug:slug>/uptake/<int:uptake_id>/questions/link/", views.question_link, name="question_link"),
    path(
        "<slug:slug>/uptake/<int:uptake_id>/questions/<int:question_id>/loosen/",
        views.question_loosen,
        name="question_loosen",
    ),
    path("<slug:slug>/uptake/<int:uptake_id>/give-up/", views.uptake_give_up, name="uptake_give_up"),
    path("<slug:slug>/uptake/<int:uptake_id>/resume/", views.uptake_resume, name="uptake_resume"),
    path("<slug:slug>/uptake/<int:uptake_id>/recipient/", views.uptake_recipient, name="uptake_recipient"),
    path("<slug:slug>/uptake/<int:uptake_id>/hand-over/", handing.uptake_hand_over, name="uptake_hand_over"),
    path("<slug:slug>/questions/<int:question_id>/hand-over/", handing.question_hand_over, name="question_hand_over"),
    path("<slug:slug>/handovers/", handing.handovers_page, name="handovers_page"),
    path(HANDOVER + "accept/", handing.handover_accept, name="handover_accept"),
    path(HANDOVER + "decline/", handing.handover_decline, name="handover_decline"),
    path(HANDOVER + "withdraw/", handing.handover_withdraw, name="handover_withdraw"),
    path("<slug:slug>/units/<int:unit_id>/", views.unit_page, name="unit_page"),
    path("<slug:slug>/commitments/", views.commitments_page, name="commitments_page"),
    path("<slug:slug>/commitments/new/", views.commitment_new, name="commitment_new"),
    path("<slug:slug>/commitments/of-line/<int:harvest_id>/", views.commitment_promote, name="commitment_promote"),
    path("<slug:slug>/commitments/overview/", views.commitments_overview, name="commitments_overview"),
    path("<slug:slug>/meetings/<int:meeting_id>/commitments/", views.commitments_paper, name="commitments_paper"),
    path(COMMITMENT, views.commitment_page, name="commitment_page"),
    path(COMMITMENT + "look-back/", views.commitment_look_back, name="commitment_look_back"),
    path(COMMITMENT + "share/", views.commitment_share, name="commitment_share"),
    path(COMMITMENT + "keep/", views.commitment_keep, name="commitment_keep"),
    path(COMMITMENT + "remove/", views.commitment_remove, name="commitment_remove"),
    path(COMMITMENT + "restore/", views.commitment_restore, name="commitment_restore"),
    path(COMMITMENT + "to-insight/", views.commitment_to_insight, name="commitment_to_insight"),
    path(COMMITMENT + "to-question/", views.commitment_to_question, name="commitment_to_question"),
    path(COMMITMENT + "to-uptake/", views.commitment_to_uptake, name="commitment_to_uptake"),
    path("<slug:slug>/initiatives/", views.initiatives_page, name="initiatives_page"),
    path("<slug:slug>/initiatives/new/", views.initiative_new, name="initiative_new"),
    path("<slug:slug>/initiatives/<int:initiative_id>/", views.initiative_page, name="initiative_page"),
    path("<slug:slug>/initiatives/<int:initiative_id>/edit/", views.initiative_edit, name="initiative_edit"),
    path("<slug:slug>/initiatives/<int:initiative_id>/join/", views.initiative_join, name="initiative_join"),
    path("<slug:slug>/initiatives/<int:initiative_id>/leave/", views.initiative_leave, name="initiative_leave"),
    path("<slug:slug>/initiatives/<int:initiative_id>/judge/", views.initiative_judge, name="initiative_judge"),
    path("<slug:slug>/initiatives/<int:initiative_id>/link/", views.initiative_link, name="initiative_link"),
    path("<slug:slug>/initiatives/<int:initiative_id>/loosen/", views.initiative_loosen, name="initiative_loosen"),
]
