"""The one shape in all its states, as small pieces of HTML. Cheap enough for lists of 300 rows.

The drawings stand once in templates/ui/sprite.html; these functions only point at them.
"""

from functools import lru_cache
from typing import Protocol

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

Words = str | Promise

LETTER_SYMBOLS = {"open": "l-open", "prov": "l-prov", "answered": "l-answered", "dropped": "l-dropped"}
LETTER_STATES = {"provisional": "prov", "provisionally_answered": "prov", "closed": "answered", "gone": "dropped"}
CHIP_KINDS = frozenset({"", "done", "warn", "stuck", "stop"})
THEMES = 8
NOTHING = SafeString("")


class Named(Protocol):
    @property
    def name(self) -> str: ...


def _html(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308


@lru_cache(maxsize=64)
def _use(symbol: str, classes: str) -> SafeString:
    class_ = format_html(' class="{}"', classes) if classes else ""
    return format_html('<svg{} aria-hidden="true"><use href="#{}"/></svg>', class_, symbol)


def icon(symbol: str, classes: str = "icon") -> SafeString:
    """A drawing of the sprite, hidden from screen readers: words stand beside it."""
    return _use(symbol, classes)


def letter_state(state: str) -> str:
    """The ring that belongs to a state: open, prov, answered or dropped. Unknown words are open rings."""
    state = str(state)
    state = LETTER_STATES.get(state, state)
    return state if state in LETTER_SYMBOLS else "open"


def _letter_words(state: str) -> str:
    match state:
        case "prov":
            return _("provisionally answered")
        case "answered":
            return _("answered")
        case "dropped":
            return _("dropped")
        case _other:
            return _("open")


@lru_cache(maxsize=4096)
def _letter(code: str, state: str, size: str, words: str) -> SafeString:
    long = " letter--long" if len(code) > 1 else ""
    size = f" letter--{size}" if size else ""
    svg = f'<svg aria-hidden="true"><use href="#{LETTER_SYMBOLS[state]}"/></svg>'
    said = format_html('<span class="sr"> ({})</span>', words) if words else ""
    return _html(
        f'<span class="letter letter--{state}{size}{long}">{svg}<b>{conditional_escape(code)}</b>{said}</span>'
    )


def letter(code: str, state: str = "open", size: str = "", name: Words | None = None) -> SafeString:
    """A code in its ring. Sizes: "" (36 px), "s", "l". `name` are the words for who cannot see the ring."""
    state = letter_state(state)
    return _letter(str(code or ""), state, size, _letter_words(state) if name is None else str(name))


def ring_symbol(step: int | None, blocked: bool = False, stopped: bool = False) -> str:
    if stopped or step is None:
        return "ux"
    step = min(max(int(step), 0), 5)
    return f"b{step}" if blocked and step < 5 else f"u{step}"


def ring(step: int | None, blocked: bool = False, stopped: bool = False, name: Words = "") -> SafeString:
    """The arc of an uptake: 0 to 5 fifths, with a square when blocked, a dashed ring with a bar when stopped."""
    drawing = _use(ring_symbol(step, blocked, stopped), "ring")
    return format_html('{}<span class="sr">{}</span>', drawing, name) if name else drawing


def cell_class(step: int | None, blocked: bool = False, stopped: bool = False) -> str:
    """The ground of a cell in the matrix."""
    if step is None:
        return "none"
    if stopped:
        return ""
    return "clb" if blocked else f"cl{min(max(int(step), 0), 5)}"


@lru_cache(maxsize=1024)
def _theme(index: int, name: str, classes: str) -> SafeString:
    svg = f'<svg aria-hidden="true"><use href="#t{index}"/></svg>'
    return format_html('<span class="{}">{}{}</span>', classes, _html(svg), name)


def theme_mark(index: int | None, name: Words, large: bool = False) -> SafeString:
    """Colour, shape and name of a theme. `index` counts from 1; after eight the shapes start again."""
    number = (int(index or 1) - 1) % THEMES + 1
    return _theme(number, str(name), "sw" if large else "theme")


def chip(text: Words, kind: str = "", symbol: str = "") -> SafeString:
    """A short word on a state. Kinds: "" (neutral), done, warn, stuck, stop."""
    if kind not in CHIP_KINDS:
        raise ValueError(f"no chip of kind {kind!r}; there are {sorted(CHIP_KINDS)}")
    return _chip(str(text), kind, symbol)


@lru_cache(maxsize=4096)
def _chip(text: str, kind: str, symbol: str) -> SafeString:
    class_ = f"chip chip--{kind}" if kind else "chip"
    drawing = _use(symbol, "") if symbol else ""
    return format_html('<span class="{}">{}{}</span>', class_, drawing, text)


@lru_cache(maxsize=32)
def _label(label: str, language: str | None) -> SafeString:
    match label:
        case "group":
            return chip(_("group"), symbol="i-lock")
        case "programme":
            return chip(_("programme"))
        case "organisations":
            return chip(_("organisations"))
        case "public":
            return chip(_("public"))
        case _other:
            raise ValueError(f"no label {label!r}")


def label_chip(label: str) -> SafeString:
    """Who may read it, as a chip."""
    return _label(str(label), get_language())


PARTICLES = frozenset({"van", "der", "den", "de", "het", "te", "ten", "ter", "in", "op", "en", "of", "voor", "and"})


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Two letters for a mark: first and last capital word, small words skipped."""
    words = [w for w in name.replace("-", " ").replace("&", " ").split() if w[0].isalnum()]
    strong = [w for w in words if w.lower() not in PARTICLES] or words
    if not strong:
        return "?"
    return (strong[0][0] + strong[-1][0] if len(strong) > 1 else strong[0][:2]).upper()


def person_mark(person: Named | None, url: str = "", bare: bool = False) -> SafeString:
    """A round mark with initials and the name; `bare` leaves the name to screen readers."""
    if person is None or not person.name:
        return _who(_("Somebody who left"), "?", "", bare, "who")
    return _who(person.name, getattr(person, "initials", ""), url, bare, "who")


def unit_mark(unit: Named | None, url: str = "", bare: bool = False) -> SafeString:
    """A square mark with initials and the name of a unit or an organisation."""
    if unit is None or not unit.name:
        return _who(_("No unit"), "?", "", bare, "who who--unit")
    return _who(unit.name, getattr(unit, "initials", ""), url, bare, "who who--unit")


@lru_cache(maxsize=8192)
def _who(name: str, short: str, url: str, bare: bool, classes: str) -> SafeString:
    said = format_html('<span class="{}">{}</span>', "sr" if bare else "nm", name)
    if url:
        said = format_html('<a class="utrecht-link" href="{}">{}</a>', url, said)
    return format_html('<span class="{}"><i aria-hidden="true">{}</i>{}</span>', classes, short or initials(name), said)


@lru_cache(maxsize=256)
def _ticks(n: int, of: int, language: str | None) -> SafeString:
    boxes = "".join(
        f'<rect class="tk1" x="{7 * i}" y="0" width="5" height="12"/>'
        if i < n
        else f'<rect class="tk0" x="{7 * i + 0.5}" y=".5" width="4.5" height="11"/>'
        for i in range(of)
    )
    width = 7 * of - 1
    svg = f'<svg aria-hidden="true" viewBox="0 0 {width} 12" width="{width}" height="12">{boxes}</svg>'
    if n >= of:
        words = ngettext("%(n)d version open in a row", "%(n)d versions open in a row", n) % {"n": n}
        return format_html('<span class="ticks">{}<span class="sr">{}</span></span>', _html(svg), words)
    return format_html(
        '<span class="ticks">{}<span>{}<span class="sr"> {}</span></span></span>',
        _html(svg),
        _("%(n)d of %(of)d") % {"n": n, "of": of},
        _("versions open in a row"),
    )


def ticks(n: int, of: int = 3) -> SafeString:
    """How many versions in a row a question has been open; full ticks mean stubborn."""
    return _ticks(max(int(n), 0), max(int(of), 1), get_language())
