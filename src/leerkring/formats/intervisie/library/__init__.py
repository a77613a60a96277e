"""The methods that come with the product, in our own words and in the reader's language."""

from leerkring.formats.intervisie.enums import BuiltIn
from leerkring.formats.intervisie.library.deeper import BALINT, SOCRATIC, TEN_STEPS
from leerkring.formats.intervisie.library.light import FIVE_STEPS, GOSSIP, INCIDENT, SUCCESS
from leerkring.formats.intervisie.library.sheet import Sheet, SheetStep, Words

SHEETS: dict[str, Sheet] = {
    BuiltIn.INCIDENT: INCIDENT,
    BuiltIn.FIVE_STEPS: FIVE_STEPS,
    BuiltIn.SUCCESS: SUCCESS,
    BuiltIn.SOCRATIC: SOCRATIC,
    BuiltIn.GOSSIP: GOSSIP,
    BuiltIn.TEN_STEPS: TEN_STEPS,
    BuiltIn.BALINT: BALINT,
}
"""From what most groups begin with to what asks the most of them."""

__all__ = ["SHEETS", "Sheet", "SheetStep", "Words"]
