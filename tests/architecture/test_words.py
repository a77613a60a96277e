"""Every sentence has its Dutch, and the whole house says it in one way."""

from pathlib import Path

import pytest
from django.conf import settings

from tools import messages


def test_no_app_is_without_the_tool() -> None:
    assert {messages.shown(app) for app in messages.every_app()} >= {
        f"src/{a.replace('.', '/')}" for a in settings.HOUSE
    }


@pytest.mark.parametrize("app", messages.every_app(), ids=messages.shown)
def test_every_sentence_has_its_dutch(app: Path) -> None:
    problems = messages.check(app)
    assert not problems, "\n".join(problems)


def test_one_sentence_has_one_dutch() -> None:
    problems = messages.clashes(messages.every_app())
    assert not problems, "\n".join(problems)
