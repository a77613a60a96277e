"""The Dutch of every app: src/leerkring/<floor>/<app>/locale/nl/LC_MESSAGES/django.po.

    python tools/messages.py update [APP ...]    collect the English sentences; new ones wait for their Dutch
    python tools/messages.py check [APP ...]     fail when a sentence has no Dutch, or placeholders differ
    python tools/messages.py compile [APP ...]   write the .mo files that Django reads

APP is a folder such as src/leerkring/cycle/agenda; without one, all apps. It needs Django only, reads files and imports
no app, so that one app can be done while another is broken. The files hold no line numbers and no dates.
"""

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "leerkring"
LANGUAGE = "nl"
# Django looks for words in apps only: what stands in no app is said in the one that every page needs.
HOME_OF_LOOSE_WORDS = HOUSE / "platform" / "ui"
HEADER = (
    "Project-Id-Version: leerkring\n"
    "Language: nl\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
PLURALS = 2
# name of the function: which argument is the context, the sentence, its plural
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?(?:\s*,\s*{TEXT})?", re.DOTALL
)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|%%|\{\w*\}")
DASHES = re.compile("[\u2013\u2014]")

Key = tuple[str, str]
"""Context (may be empty) and sentence."""


@dataclass
class Message:
    """One sentence: where it stands and how it is said in Dutch."""

    context: str
    text: str
    plural: str = ""
    dutch: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        return (self.context, self.text)


class Unreadable(Exception):
    """A file that cannot be understood; the message names it."""


# --- collecting -------------------------------------------------------------------------------------------------------


def constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def sentences_of_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in FUNCTIONS:
            continue
        context, text, plural = ("" if at is None else constant_at(node, at) for at in FUNCTIONS[name])
        if text and context is not None and plural is not None:
            yield Message(context, text, plural)


def constant_at(node: ast.Call, position: int) -> str | None:
    return constant(node.args[position]) if position < len(node.args) else None


def sentences_of_template(source: str) -> Iterator[Message]:
    for match in IN_TEMPLATE.finditer(templatize(source)):
        texts = [ast.literal_eval(found) for found in match.groups()[1:] if found]
        context, text, plural = ("" if at is None else texts[at] for at in FUNCTIONS[match[1]])
        yield Message(context, text, plural)


def sentences_of(app: Path) -> dict[Key, Message]:
    """All sentences of an app. Raises Unreadable."""
    found: dict[Key, Message] = {}
    for path in files_of(app):
        reader = sentences_of_python if path.suffix == ".py" else sentences_of_template
        try:
            messages = list(reader(path.read_text(encoding="utf-8")))
        except Exception as error:
            raise Unreadable(f"{shown(path)} cannot be read: {error}") from error
        for message in messages:
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.places.add(str(path.relative_to(app if path.is_relative_to(app) else HOUSE)))
    return found


def files_of(app: Path) -> list[Path]:
    code = [p for p in app.rglob("*.py") if not {"migrations", "tests"} & set(p.relative_to(app).parts)]
    templates = [p for p in (app / "templates").rglob("*") if p.suffix in (".html", ".txt", ".svg", ".xml")]
    loose = loose_files() if app == HOME_OF_LOOSE_WORDS else []
    return sorted(code + templates) + loose


def loose_files() -> list[Path]:
    apps = every_app()
    return sorted(p for p in HOUSE.rglob("*.py") if not any(p.is_relative_to(app) for app in apps))


# --- the file of an app -----------------------------------------------------------------------------------------------


def po_of(app: Path) -> Path:
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def read(path: Path) -> dict[Key, Message]:
    """The messages of a .po file. Raises Unreadable."""
    messages: dict[Key, Message] = {}
    if not path.exists():
        return messages
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        message = read_block(block, path)
        if message and message.text:
            messages[message.key] = message
    return messages


def read_block(block: str, path: Path) -> Message | None:
    parts: dict[str, str] = {}
    part = ""
    fuzzy = False
    places: set[str] = set()
    for raw in block.splitlines():
        line = raw.strip()
        if line.startswith("#~"):
            raise Unreadable(f"{shown(path)} holds a sentence that is gone: {line}")
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            places |= set(line[2:].split()) if line.startswith("#:") else set()
            continue
        if match := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*)$', line):
            part, line = match[1], match[2]
            parts[part] = ""
        if not line:
            continue
        try:
            parts[part] += ast.literal_eval(line)
        except (SyntaxError, ValueError, KeyError, TypeError) as error:
            raise Unreadable(f"{shown(path)} has a line that is not a text: {line}") from error
    if "msgid" not in parts:
        return None
    dutch = [parts[name] for name in ("msgstr", "msgstr[0]", "msgstr[1]") if name in parts]
    return Message(parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""), dutch, places, fuzzy)


def written(messages: Iterable[Message]) -> str:
    blocks = ['msgid ""\nmsgstr ""\n' + "".join(f"{quoted(line)}\n" for line in HEADER.splitlines(keepends=True))]
    for message in sorted(messages, key=lambda m: (min(m.places, default=""), m.text.casefold(), m.text, m.context)):
        lines = [f"#: {place}" for place in sorted(message.places)]
        lines += [f"msgctxt {quoted(message.context)}"] if message.context else []
        lines.append(f"msgid {quoted(message.text)}")
        dutch = message.dutch
        if message.plural:
            dutch = (dutch + [""] * PLURALS)[:PLURALS]
            lines.append(f"msgid_plural {quoted(message.plural)}")
            lines += [f"msgstr[{number}] {quoted(text)}" for number, text in enumerate(dutch)]
        else:
            lines.append(f"msgstr {quoted(dutch[0] if dutch else '')}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


# --- the three verbs --------------------------------------------------------------------------------------------------


def update(app: Path) -> list[str]:
    """Write the .po anew: known Dutch stays, new sentences wait, gone ones leave."""
    path = po_of(app)
    known = read(path)
    found = sentences_of(app)
    if not found and not known:
        return []
    for key, message in found.items():
        if key in known:
            message.dutch = known[key].dutch
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(found.values()), encoding="utf-8")
    waiting = sum(1 for message in found.values() if not is_said(message))
    gone = [text for context, text in known if (context, text) not in found]
    print(f"{shown(app)}: {len(found)} sentences, {waiting} without Dutch, {len(gone)} gone")
    return []


def is_said(message: Message) -> bool:
    wanted = PLURALS if message.plural else 1
    return len(message.dutch) == wanted and all(text.strip() for text in message.dutch)


def check(app: Path) -> list[str]:
    """What is wrong with the Dutch of an app."""
    path = po_of(app)
    found, said = sentences_of(app), read(path)
    where = shown(path)
    problems = [f"{where}: {text!r} is missing. Run: update {shown(app)}" for _c, text in found.keys() - said.keys()]
    problems += [f"{where}: {text!r} is gone from the app. Run: update" for _c, text in said.keys() - found.keys()]
    for key in sorted(found.keys() & said.keys()):
        problems += [f"{where}: {said[key].text!r} {problem}" for problem in problems_of(said[key], found[key])]
    return sorted(problems)


def problems_of(message: Message, source: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked fuzzy"
    if message.plural != source.plural:
        yield "has another plural in the app"
    if not is_said(message):
        yield "has no Dutch"
        return
    sources = [message.text, message.plural] if message.plural else [message.text]
    for english, dutch in zip(sources, message.dutch, strict=True):
        wanted, got = placeholders(english), placeholders(dutch)
        if wanted != got and not (message.plural and got == placeholders(message.plural)):
            yield f"has placeholders {sorted(wanted)}, its Dutch {sorted(got)}"
        if DASHES.search(dutch):
            yield "has a dash in Dutch; write two sentences or a comma"
        if english[:1].isspace() != dutch[:1].isspace() or english[-1:].isspace() != dutch[-1:].isspace():
            yield "begins or ends with a space in one language only"


def placeholders(text: str) -> set[str]:
    return {found for found in PLACEHOLDER.findall(text) if found != "%%"}


def clashes(apps: Iterable[Path]) -> list[str]:
    """One sentence has one Dutch in the whole house: Django joins all files, and the first app would win."""
    first: dict[Key, tuple[Path, list[str]]] = {}
    problems: list[str] = []
    for app in apps:
        for key, message in read(po_of(app)).items():
            if not is_said(message):
                continue
            known = first.setdefault(key, (app, message.dutch))
            if known[1] != message.dutch:
                problems.append(
                    f"{key[1]!r} is {known[1][0]!r} in {shown(known[0])} and {message.dutch[0]!r} in {shown(app)}. "
                    "Say the same, or give one a context (pgettext)."
                )
    return problems


def compile_app(app: Path) -> list[str]:
    """Write the .mo; sentences without Dutch are left out and appear in English."""
    path = po_of(app)
    if not path.exists():
        return []
    entries = {b"": HEADER.encode()}
    for message in read(path).values():
        if not is_said(message):
            continue
        key = f"{message.context}\x04{message.text}" if message.context else message.text
        key = f"{key}\x00{message.plural}" if message.plural else key
        entries[key.encode()] = "\x00".join(message.dutch).encode()
    data = machine_object(entries)
    target = path.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != data:
        target.write_bytes(data)
    return []


def machine_object(entries: dict[bytes, bytes]) -> bytes:
    """The GNU .mo format: a head, two tables of length and offset, the texts."""
    keys = sorted(entries)
    head, row = 7 * 4, 8
    begin = head + 2 * row * len(keys)
    texts, tables = b"", b""
    for column in (keys, [entries[key] for key in keys]):
        for text in column:
            tables += struct.pack("<II", len(text), begin + len(texts))
            texts += text + b"\x00"
    magic = struct.pack("<7I", 0x950412DE, 0, len(keys), head, head + row * len(keys), 0, begin)
    return magic + tables + texts


# --- the command ------------------------------------------------------------------------------------------------------


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def every_app() -> list[Path]:
    return sorted({path.parent for path in HOUSE.rglob("apps.py")})


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["update", "check", "compile"])
    parser.add_argument("apps", nargs="*", type=Path, metavar="APP")
    given = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure()
    apps = [path.resolve() for path in given.apps] or every_app()
    if missing := [str(path) for path in apps if not path.is_dir()]:
        print(f"Not a folder: {', '.join(missing)}", file=sys.stderr)
        return 1
    verb = {"update": update, "check": check, "compile": compile_app}[given.verb]
    problems: list[str] = []
    for app in apps:
        try:
            problems += verb(app)
        except Unreadable as error:
            problems.append(str(error))
    if given.verb == "check":
        try:
            problems += clashes(every_app())
        except Unreadable as error:
            problems.append(str(error))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
