from django.urls import path

from leerkring.cycle.insights import views
from leerkring.cycle.insights.stories import views as stories

app_name = "insights"

HARVEST = "<slug:slug>/meetings/<int:meeting_id>/harvest/"
LINE = HARVEST + "<int:harvest_id>/"
INSIGHT = "<slug:slug>/insights/<int:insight_id>/"
THREAD = "<slug:slug>/threads/<int:thread_id>/"
STORY = "<slug:slug>/stories/<int:story_id>/"

urlpatterns = [
    path(HARVEST, views.harvest_page, name="harvest_page"),
    path(HARVEST + "add/", views.harvest_add, name="harvest_add"),
    path(HARVEST + "send/", views.harvest_send, name="harvest_send"),
    path(HARVEST + "sort/", views.harvest_sort, name="harvest_sort"),
    path(HARVEST + "finish/", views.harvest_finish, name="harvest_finish"),
    path(HARVEST + "reopen/", views.harvest_reopen, name="harvest_reopen"),
    path(LINE, views.line_page, name="line_page"),
    path(LINE + "resend/", views.line_resend, name="line_resend"),
    path(LINE + "remove/", views.line_remove, name="line_remove"),
    path(LINE + "restore/", views.line_restore, name="line_restore"),
    path(LINE + "insight/", views.line_to_insight, name="line_to_insight"),
    path(LINE + "question/", views.line_to_question, name="line_to_question"),
    path(LINE + "action/", views.line_to_action, name="line_to_action"),
    path(LINE + "take-back/", views.line_take_back, name="line_take_back"),
    path("<slug:slug>/insights/", views.insights_page, name="insights_page"),
    path("<slug:slug>/insights/new/", views.insight_new, name="insight_new"),
    path(INSIGHT, views.insight_page, name="insight_page"),
    path(INSIGHT + "edit/", views.insight_edit, name="insight_edit"),
    path(INSIGHT + "label/", views.insight_label, name="insight_label"),
    path(INSIGHT + "follow-up/", views.insight_follow_up, name="insight_follow_up"),
    path(INSIGHT + "questions/", views.question_link, name="question_link"),
    path(INSIGHT + "questions/<int:question_id>/unlink/", views.question_unlink, name="question_unlink"),
    path("<slug:slug>/threads/", views.threads_page, name="threads_page"),
    path("<slug:slug>/threads/new/", views.thread_new, name="thread_new"),
    path(THREAD, views.thread_page, name="thread_page"),
    path(THREAD + "edit/", views.thread_edit, name="thread_edit"),
    path(THREAD + "insights/<int:insight_id>/add/", views.thread_insight_add, name="thread_insight_add"),
    path(THREAD + "insights/<int:insight_id>/remove/", views.thread_insight_remove, name="thread_insight_remove"),
    path(THREAD + "questions/<int:question_id>/add/", views.thread_question_add, name="thread_question_add"),
    path(THREAD + "questions/<int:question_id>/remove/", views.thread_question_remove, name="thread_question_remove"),
    path("<slug:slug>/stories/", stories.stories_page, name="stories_page"),
    path("<slug:slug>/stories/new/", stories.story_new, name="story_new"),
    path(STORY, stories.story_page, name="story_page"),
    path(STORY + "edit/", stories.story_edit, name="story_edit"),
    path(STORY + "show/", stories.story_show, name="story_show"),
    path(STORY + "withdraw/", stories.story_withdraw, name="story_withdraw"),
    path(STORY + "remove/", stories.story_remove, name="story_remove"),
]
