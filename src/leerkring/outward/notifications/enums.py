from enum import StrEnum


class Moment(StrEnum):
    """Why now: what happened to a meeting, or how far away it is. Never shown; `Kind` has the words."""

    NONE = ""
    EXPECTED = "expected"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    PUT_BACK = "put back"
    RELEASED = "released"
    MONTH = "month"
    FORTNIGHT = "fortnight"
    DAYS = "days"
    DAY = "day"
    AFTERWARDS = "afterwards"


TOLD = (Moment.EXPECTED, Moment.CHANGED, Moment.CANCELLED, Moment.PUT_BACK, Moment.RELEASED)
"""Those after which a person's own calendar has the meeting as it stands, or not any more."""

GOES_OUT = (Moment.CANCELLED, Moment.RELEASED)
"""Those that take it out."""
