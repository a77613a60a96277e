"""The working forms that come with the product, in our own words and in the reader's language."""

from leerkring.community.meetings.workforms.card import Card
from leerkring.community.meetings.workforms.library import arriving, choosing, ending, gathering, helping, thinking

CARDS: dict[str, Card] = {
    card.key: card
    for card in (
        *arriving.CARDS,
        *thinking.CARDS,
        *gathering.CARDS,
        *choosing.CARDS,
        *helping.CARDS,
        *ending.CARDS,
    )
}
"""In the order in which a meeting goes."""

__all__ = ["CARDS"]
