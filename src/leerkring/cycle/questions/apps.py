from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "leerkring.cycle.questions"
    label = "questions"
