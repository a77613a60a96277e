from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from leerkring.community.memberships.enums import Label
from leerkring.community.memberships.models import Community
from leerkring.community.memberships.queries import standing_of
from leerkring.community.people.models import Person
from leerkring.cycle.insights import access
from leerkring.cycle.insights.facts import AddedToThread, RemovedFromThread, ThreadChanged, ThreadPut
from leerkring.cycle.insights.models import Insight, Thread
from leerkring.cycle.questions.models import LearningQuestion
from leerkring.platform import clock, facts
from leerkring.platform.rules import Refused, check_fields


def put_thread(
    *, community: Community, title: str, by: Person, story: str = "", label: Label = Label.PROGRAMME
) -> Thread:
    """Start a thread. The same title twice by the same person is one thread. Raises PermissionDenied."""
    if not access.may_put_thread(by, community):
        raise PermissionDenied
    with transaction.atomic():
        root = Community.objects.select_for_update().get(pk=community.root_pk)
        thread = Thread.objects.filter(community=root, title=title, by=by).first()
        if thread is not None:
            return thread
        thread = Thread(
            community=root, title=title, story=story, label=label, by=by, made_at=clock.now(),
            changed_at=clock.now(), changed_by=by,
        )  # fmt: skip
        check_fields(thread)
        thread.save()
        facts.record(ThreadPut(community_id=root.pk, by_id=by.pk, thread_id=thread.pk))
    return thread


def change_thread(
    *, thread: Thread, title: str, by: Person, story: str = "", label: Label | None = None, revision: int | None = None
) -> Thread:
    """Tell a thread anew. Raises PermissionDenied, and EditedMeanwhile when somebody else did since `revision`."""
    if not access.may_change_thread(by, thread):
        raise PermissionDenied
    with transaction.atomic():
        thread.lock()
        thread.check_revision(revision, title=title, story=story)
        thread.title = title
        thread.story = story
        thread.label = label or thread.label
        thread.changed(by=by, at=clock.now())
        check_fields(thread)
        thread.save()
        facts.record(
            ThreadChanged(community_id=thread.community_id, by_id=by.pk, thread_id=thread.pk, revision=thread.revision)
        )
    return thread


def add_to_thread(
    *, thread: Thread, by: Person, insight: Insight | None = None, question: LearningQuestion | None = None
) -> None:
    """Let a thread run through an insight or a question. Twice is once.

    Raises PermissionDenied (also for what this person may not read); Refused for something of another programme.
    """
    row = _one_of(thread, by, insight, question)
    with transaction.atomic():
        thread.lock()
        known = thread.insights.filter(pk=row.pk) if row is insight else thread.questions.filter(pk=row.pk)
        if known.exists():
            return
        if insight is not None:
            thread.insights.add(insight)
        elif question is not None:
            thread.questions.add(question)
        facts.record(
            AddedToThread(
                community_id=thread.community_id, by_id=by.pk, thread_id=thread.pk,
                insight_id=insight.pk if insight else None, question_id=question.pk if question else None,
            )
        )  # fmt: skip


def remove_from_thread(
    *, thread: Thread, by: Person, insight: Insight | None = None, question: LearningQuestion | None = None
) -> None:
    """Take an insight or a question out of a thread. Twice is once. Raises PermissionDenied."""
    row = _one_of(thread, by, insight, question)
    with transaction.atomic():
        thread.lock()
        known = thread.insights.filter(pk=row.pk) if row is insight else thread.questions.filter(pk=row.pk)
        if not known.exists():
            return
        if insight is not None:
            thread.insights.remove(insight)
        elif question is not None:
            thread.questions.remove(question)
        facts.record(
            RemovedFromThread(
                community_id=thread.community_id, by_id=by.pk, thread_id=thread.pk,
                insight_id=insight.pk if insight else None, question_id=question.pk if question else None,
            )
        )  # fmt: skip


def _one_of(
    thread: Thread, by: Person, insight: Insight | None, question: LearningQuestion | None
) -> Insight | LearningQuestion:
    """The one thing that is given. Raises PermissionDenied, Refused."""
    row = insight or question
    if row is None or (insight and question):
        raise TypeError("give an insight or a question")
    if not access.may_change_thread(by, thread) or not standing_of(by).may_read(row):
        raise PermissionDenied
    if row.community.root_pk != thread.community_id:
        raise Refused(_("This belongs to another programme. Choose something of this programme."))
    return row
