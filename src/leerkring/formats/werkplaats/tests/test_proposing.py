import random
import time

from leerkring.formats.werkplaats import actions
from leerkring.formats.werkplaats.enums import RoundKind
from leerkring.formats.werkplaats.models import Cluster
from leerkring.formats.werkplaats.proposing import propose, propose_clusters
from leerkring.formats.werkplaats.tests.conftest import Hall

TEXTS = [
    "Hoe krijgen we inkoop aan tafel vóórdat de uitvraag geschreven is?",
    "Inkoop komt altijd te laat aan tafel",
    "Hoe betrekken we inkopers eerder bij een uitvraag?",
    "Hoe komt hergebruik in het contract van de milieustraat?",
    "Wat maakt dat hergebruik op de milieustraat niet in het contract past?",
    "Waarom blijft het bij één collega?",
]


def test_texts_about_the_same_are_proposed_as_one_pile(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    posts = [hall.post(round_, seat, text) for text in TEXTS]
    proposals = propose_clusters(hall.room)
    assert [proposal.post_ids for proposal in proposals] == [
        tuple(post.pk for post in posts[:3]), tuple(post.pk for post in posts[3:5]),
    ]  # fmt: skip
    assert "inkoop" in proposals[0].words
    assert not Cluster.objects.exists(), "it proposes and never decides"
    pile = actions.cluster_posts(room=hall.room, posts=posts[:2], by=hall.lead)
    again = propose_clusters(hall.room)
    assert [(proposal.post_ids, proposal.cluster_id) for proposal in again][1:] == [((posts[2].pk,), pile.pk)]


def test_what_is_hidden_is_not_proposed(hall: Hall) -> None:
    round_, seat = hall.round(RoundKind.RAISE), hall.seat()
    held, taken_back = (hall.post(round_, seat, text) for text in TEXTS[:2])
    hall.post(round_, seat, TEXTS[2])
    actions.hold_post(post=held, by=hall.lead)
    actions.take_back_post(post=taken_back, seat=seat)
    assert propose_clusters(hall.room) == []


def test_five_hundred_posts_are_read_quickly_and_always_alike() -> None:
    dice = random.Random(7)
    words = [
        f"{start}{end}"
        for start in ("lei", "ko", "bran", "stu", "gro", "wat")
        for end in ("ding", "per", "stof", "ning")
    ]
    about = [" ".join(dice.sample(words, 3)) for _topic in range(40)]
    posts = [(number, f"{dice.choice(about)} {dice.choice(words)} {number}", None) for number in range(500)]
    began = time.process_time()
    first = propose(posts)
    assert time.process_time() - began < 1.5
    assert propose(posts) == first
    assert propose([]) == propose([(1, "", None), (2, "?", None)]) == []
