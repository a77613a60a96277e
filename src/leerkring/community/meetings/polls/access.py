from leerkring.community.meetings import access
from leerkring.community.meetings.polls.models import DatePoll
from leerkring.community.people.models import Person


def may_keep_poll(person: Person | None, poll: DatePoll) -> bool:
    """Change it, read who answered what, and choose the date: whoever may plan the meeting that comes of it."""
    if poll.meeting is not None:
        return access.may_change_meeting(person, poll.meeting)
    return access.may_plan_meeting(person, poll.community)
