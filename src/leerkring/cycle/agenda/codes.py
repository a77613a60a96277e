"""Letters of questions: A to Z, then AA, AB and so on (rule 2)."""

LETTERS = 26


def code_of(number: int) -> str:
    """The code of the nth question that was ever placed, counted from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(code: str) -> int:
    """The inverse of code_of."""
    number = 0
    for letter in code:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
