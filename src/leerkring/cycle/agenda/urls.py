from django.urls import path

from leerkring.cycle.agenda import views

app_name = "agenda"

ON_DRAFT = "<slug:slug>/agenda/questions/<int:question_id>/"

urlpatterns = [
    path("<slug:slug>/agenda/", views.agenda_page, name="agenda_page"),
    path("<slug:slug>/agenda/versions/new/", views.version_new, name="version_new"),
    path("<slug:slug>/agenda/versions/<int:version_number>/", views.version_page, name="version_page"),
    path("<slug:slug>/agenda/compare/", views.compare_page, name="compare_page"),
    path("<slug:slug>/agenda/river/", views.river_page, name="river_page"),
    path("<slug:slug>/agenda/draft/", views.draft_page, name="draft_page"),
    path("<slug:slug>/agenda/stubborn/", views.agenda_stubborn, name="agenda_stubborn"),
    path("<slug:slug>/agenda/merge/", views.questions_merge, name="questions_merge"),
    path(ON_DRAFT + "place/", views.question_place, name="question_place"),
    path(ON_DRAFT + "take-off/", views.question_take_off, name="question_take_off"),
    path(ON_DRAFT + "move/", views.question_move, name="question_move"),
    path(ON_DRAFT + "split/", views.question_split, name="question_split"),
]
