from django.conf import settings
from django.utils.translation import get_language


def present_language() -> str:
    """The language of whoever asks, for a newcomer who has no account yet."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
