from importlib import import_module

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "leerkring.cycle.questions"
    label = "questions"

    def ready(self) -> None:
        import_module("leerkring.cycle.questions.jobs")
