from collections.abc import Callable

import pytest

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import AskKind, RoundKind
from leerkring.formats.werkplaats.models import Ask, Reply
from leerkring.formats.werkplaats.queries import last_step, mine
from leerkring.formats.werkplaats.tests.conftest import Hall
from leerkring.platform.rules import Refused

Facts = Callable[[str], list[dict[str, object]]]


def test_one_answers_once_and_may_change_it_until_it_closes(hall: Hall, facts_named: Facts) -> None:
    round_ = hall.round(RoundKind.LOOK_BACK)
    ask = actions.put_ask(round=round_, text="Hoe was het?", by=hall.lead)
    line = actions.put_ask(round=round_, text="Wat neem je mee?", by=hall.lead, kind=AskKind.LINE)
    seat = hall.seat(hall.cast.own.member)
    for number in (3, 3, 5):
        actions.reply(ask=ask, seat=seat, number=number)
    actions.reply(ask=line, seat=seat, text="  Eerder   bellen ")
    found = mine(seat)
    assert found is not None
    assert found.replies == {ask.pk: 5, line.pk: "Eerder bellen"}
    assert actions.reply(ask=line, seat=seat, text=" ") is None
    assert list(Reply.objects.values_list("ask", "number")) == [(ask.pk, 5)]
    assert [fact["ask_id"] for fact in facts_named("Replied")] == [ask.pk, ask.pk, line.pk, line.pk]
    actions.close_round(round=round_, by=hall.lead)
    with pytest.raises(Refused):
        actions.reply(ask=ask, seat=seat, number=1)


@pytest.mark.parametrize("number", [None, 0, 6])
def test_a_number_is_one_to_five(hall: Hall, number: int | None) -> None:
    ask = actions.put_ask(round=hall.round(RoundKind.LOOK_BACK), text="Hoe was het?", by=hall.lead)
    with pytest.raises(Refused):
        actions.reply(ask=ask, seat=hall.seat(), number=number)
    assert not Reply.objects.exists()


def test_four_asks_are_enough_and_each_can_be_taken_away_and_put_back(hall: Hall, facts_named: Facts) -> None:
    round_ = hall.round(RoundKind.LOOK_BACK)
    asks = [actions.put_ask(round=round_, text=f"Vraag {number}", by=hall.lead) for number in range(4)]
    with pytest.raises(Refused):
        actions.put_ask(round=round_, text="Nog een", by=hall.lead)
    for _twice in range(2):
        actions.remove_ask(ask=asks[0], by=hall.lead)
    assert Ask.objects.filter(removed_at__isnull=True).count() == 3
    actions.undo(step=last_step(hall.room), by=hall.lead)  # type: ignore[arg-type]
    assert Ask.objects.filter(removed_at__isnull=True).count() == 4
    assert (len(facts_named("AskPut")), len(facts_named("AskRemoved"))) == (4, 1)
