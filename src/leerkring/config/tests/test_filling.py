"""The group former is compiled once for each version, later and in the background."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from leerkring.config import filling


def test_what_is_compiled_is_not_compiled_again(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    timer = filling.fill_later()
    assert timer is not None
    assert (timer.daemon, timer.interval) == (True, filling.LATER)
    timer.cancel()
    (tmp_path / filling.CACHE).mkdir()
    (tmp_path / filling.CACHE / "filled").write_text(filling._state())
    assert filling.fill_later() is None
    monkeypatch.setattr(filling, "version", lambda _name: "another")
    assert not filling.is_filled(tmp_path / filling.CACHE)
