"""Which posts may belong together, read from their letters alone. It proposes; people decide.

Parts of words of four letters, weighed by how rare they are in this room, compared by their angle; then the two piles
that are most alike on average are joined, again and again, until nothing is alike enough. Same posts, same proposal.
"""

from __future__ import annotations

import heapq
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leerkring.formats.werkplaats.enums import PostState
from leerkring.formats.werkplaats.models import Cluster, Post, Room
from leerkring.formats.werkplaats.piles import Piles

PART = 4
ALIKE = 0.11
"""How alike two piles are on average before they are proposed as one; found on the sample questions."""
MOST = 500
NEIGHBOURS = 10
"""How many of the most alike each post is compared with: in a hall with hundreds of posts the rest adds nothing."""
COMMON = 60
"""A part of a word that more posts have says nothing."""
SHARED_WORDS = 3
STOP_WORDS = frozenset(
    """aan al alle als bij dat de deze die dit doen door een en er het hoe hun ik in is je kan kunnen maar meer met
    mijn moet na naar niet nog nu of om ons ook op over te tot uit van veel voor waar waarom wat we welke wel werd wie
    wij willen wordt worden zich zijn zo zonder zou krijgen maken maakt the and for how what why who which are with from
    not our can that this have does""".split()  # noqa: SIM905 - words are read as a text
)


@dataclass(frozen=True)
class Proposal:
    """Posts that may lie on one pile: a new one, or the one that is there. `words` is what they share."""

    post_ids: tuple[int, ...]
    cluster_id: int | None
    words: tuple[str, ...]


def propose_clusters(room: Room) -> list[Proposal]:
    """Proposals for the posts that lie loose, the largest first; it reads at most five hundred posts."""
    piles = Piles.of(room.pk)
    shown = Post.objects.filter(room=room, state=PostState.RELEASED, taken_back_at__isnull=True)
    posts = list(shown.order_by("-pk")[:MOST])[::-1]
    return propose([(post.pk, post.text, piles.final(post.cluster_id)) for post in posts], piles.living)


def propose(posts: Sequence[tuple[int, str, int | None]], piles: Iterable[Cluster] = ()) -> list[Proposal]:
    """The same, of (id, text, pile or None)."""
    texts = {id_: text for id_, text, _pile in posts}
    start: dict[int | None, list[int]] = defaultdict(list)
    for id_, _text, pile in posts:
        start[pile].append(id_)
    groups: list[tuple[list[int], int | None]] = [([id_], None) for id_ in start.pop(None, [])]
    groups += [(ids, pile) for pile, ids in sorted(start.items(), key=lambda item: item[0] or 0)]
    alike = _similarities(texts)
    proposals = []
    for ids, pile in _joined(groups, alike):
        loose = [id_ for id_ in ids if pile is None or id_ not in start[pile]]
        if loose and (pile is not None or len(loose) > 1):
            proposals.append(Proposal(tuple(sorted(loose)), pile, _shared_words([texts[id_] for id_ in ids])))
    return sorted(proposals, key=lambda proposal: (-len(proposal.post_ids), proposal.post_ids))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return [word for word in letters.split() if len(word) > 2 and word not in STOP_WORDS]


def _parts(text: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for word in _words(text):
        framed = f" {word} "
        counted.update(framed[at : at + PART] for at in range(max(1, len(framed) - PART + 1)))
    return counted


def _similarities(texts: dict[int, str]) -> dict[int, dict[int, float]]:
    """For each text those that share something with it, by the cosine of their weighed parts."""
    counted = {id_: _parts(text) for id_, text in texts.items()}
    spread: Counter[str] = Counter()
    for parts in counted.values():
        spread.update(parts.keys())
    too_common = max(4, min(len(texts) // 5, COMMON))
    by_part: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for id_, parts in counted.items():
        weights = {
            part: (1 + math.log(count)) * math.log(1 + len(texts) / spread[part])
            for part, count in parts.items()
            if 1 < spread[part] <= too_common
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        # What a text says alone counts for its length, so that one shared word in a long text is little.
        alone = sum(1 for part in parts if spread[part] == 1)
        length *= math.sqrt(1 + alone / max(1, len(parts)))
        for part, weight in weights.items():
            by_part[part].append((id_, weight / length))
    alike: dict[int, dict[int, float]] = {id_: {} for id_ in texts}
    both: dict[int, dict[int, float]] = {id_: {} for id_ in texts}
    for listed in by_part.values():
        for index, (one, weight) in enumerate(listed):
            row = alike[one]
            for other, value in listed[index + 1 :]:
                row[other] = row.get(other, 0.0) + weight * value
    for one, row in alike.items():
        for other, value in row.items():
            both[one][other] = both[other][one] = value
    return _nearest(both)


def _nearest(alike: dict[int, dict[int, float]]) -> dict[int, dict[int, float]]:
    """Each with those nearest to it, or to which it is one of the nearest."""
    kept: dict[int, dict[int, float]] = {one: {} for one in alike}
    for one, row in alike.items():
        for other in heapq.nlargest(NEIGHBOURS, row, key=lambda other: (row[other], -other)):
            kept[one][other] = kept[other][one] = row[other]
    return kept


def _joined(
    groups: list[tuple[list[int], int | None]], alike: dict[int, dict[int, float]]
) -> list[tuple[list[int], int | None]]:
    """Join the two most alike on average, as long as they are alike enough; two piles that people made stay two."""
    home = {id_: index for index, (ids, _pile) in enumerate(groups) for id_ in ids}
    sums: dict[int, dict[int, float]] = {index: defaultdict(float) for index in range(len(groups))}
    for one, row in alike.items():
        for other, value in row.items():
            if home[one] != home[other]:
                sums[home[one]][home[other]] += value
    living: dict[int, tuple[list[int], int | None]] = dict(enumerate(groups))
    heap: list[tuple[float, int, int]] = []

    def push(one: int, other: int) -> None:
        average = sums[one][other] / (len(living[one][0]) * len(living[other][0]))
        if average >= ALIKE and (living[one][1] is None or living[other][1] is None):
            heapq.heappush(heap, (-average, min(one, other), max(one, other)))

    for one, row in sums.items():
        for other in row:
            if one < other:
                push(one, other)
    next_ = len(groups)
    while heap:
        _average, one, other = heapq.heappop(heap)
        if one not in living or other not in living:
            continue
        (ids, pile), (more, other_pile) = living.pop(one), living.pop(other)
        living[next_] = (ids + more, pile if pile is not None else other_pile)
        sums[next_] = defaultdict(float)
        for part in (one, other):
            for neighbour, value in sums.pop(part).items():
                if neighbour in living:
                    sums[next_][neighbour] += value
        for neighbour, value in sums[next_].items():
            sums[neighbour][next_] = value
            push(next_, neighbour)
        next_ += 1
    return [living[index] for index in sorted(living)]


def _shared_words(texts: list[str]) -> tuple[str, ...]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(set(_words(text)))
    shared = [(word, count) for word, count in counted.items() if count > 1]
    shared.sort(key=lambda item: (-item[1], -len(item[0]), item[0]))
    return tuple(word for word, _count in shared[:SHARED_WORDS])
