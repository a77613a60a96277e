from leerkring.cycle.questions.wordings import marked_words


def test_words_that_were_said_otherwise_are_marked() -> None:
    assert marked_words("Wanneer laten we los?", "Wanneer laten we los, en wanneer sturen we?") == [
        ("Wanneer laten we los,", False),
        ("en wanneer sturen we?", True),
    ]
    assert marked_words("Zelfde tekst", "Zelfde tekst") == [("Zelfde tekst", False)]


def test_a_lonely_word_that_stayed_joins_its_neighbours() -> None:
    assert marked_words("Waarom blijft het bij één collega?", "Hoe wordt het iets van het team?") == [
        ("Hoe wordt het iets van het team?", True)
    ]


def test_words_that_were_taken_away_leave_no_mark() -> None:
    assert marked_words("Wie mag nu nee zeggen?", "Wie mag nee zeggen?") == [("Wie mag nee zeggen?", False)]
