from django.test import RequestFactory

from leerkring.platform.ui.ticking import ticked


def test_a_link_ticks_everybody_or_nobody_and_what_was_sent_stays(rf: RequestFactory) -> None:
    people, now = [1, 2, 3], [2]
    assert ticked(rf.get("/"), "people", people, now) == {"2"}
    assert ticked(rf.get("/?all=1"), "people", people, now) == {"1", "2", "3"}
    assert ticked(rf.get("/?all=0"), "people", people, now) == set()
    assert ticked(rf.post("/?all=1", {"people": ["3"]}), "people", people, now) == {"3"}
