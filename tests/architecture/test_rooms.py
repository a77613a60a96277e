"""Where a rule lives: thin views, one fact per verb, a declared door for every page, small pieces."""

import ast
import gzip
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from leerkring.platform.admission import declaration_of
from tests.architecture.house import PACKAGE, ROOT, at, label_of, modules, sources, tree

QUERIES = {
    "objects", "filter", "exclude", "annotate", "aggregate", "create", "bulk_create", "get_or_create", "save", "delete",
    "update_or_create", "select_related", "prefetch_related", "values_list", "order_by", "save_base",
}  # fmt: skip


def test_views_slots_and_forms_do_not_query() -> None:
    found = [
        f"{at(path, node)} .{node.attr}"
        for name in ("views", "slots")
        for path in modules(name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in QUERIES
    ]
    assert not found, "Views only fetch by queries, ask and answer by actions: " + str(found)


def _calls(node: ast.AST) -> set[str]:
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            function = call.func
            names.add(function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""))
    return names


def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}


def _verbs() -> list[tuple[Path, str]]:
    """What an app offers as actions: the public functions of actions.py, or the names that actions/ gives out."""
    verbs = []
    for path in modules("actions"):
        if path.name == "actions.py":
            verbs += [(path, name) for name in _functions(path) if not name.startswith("_")]
        elif path.name == "__init__.py":
            given = {alias.name for node in tree(path).body if isinstance(node, ast.ImportFrom) for alias in node.names}
            files = [other for other in path.parent.glob("*.py") if other != path]
            verbs += [(other, name) for other in files for name in _functions(other) if name in given]
    return verbs


def test_every_verb_records_a_fact() -> None:
    """A verb records a fact itself, or through a function of its own file, or through another verb."""
    known = {(path, name): node for path in modules("actions") for name, node in _functions(path).items()}
    recording = {key for key, node in known.items() if "record" in _calls(node)}
    while True:
        shared = {name for path, name in recording if not name.startswith("_")}
        more = {
            (path, name)
            for (path, name), node in known.items()
            if (path, name) not in recording
            and any((path, called) in recording or called in shared for called in _calls(node))
        }
        if not more:
            break
        recording |= more
    silent = sorted(f"{path.relative_to(PACKAGE)} {name}" for path, name in _verbs() if (path, name) not in recording)
    assert not silent, f"A verb without a fact is heard by nobody: {silent}"


def test_verbs_name_what_they_are_given() -> None:
    found = [
        f"{at(path, _functions(path)[name])} {name}" for path, name in _verbs() if _functions(path)[name].args.args
    ]
    assert not found, "A verb is called with names, so that it reads as a sentence: " + str(found)


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    patterns: list[URLPattern] = []
    for entry in resolver.url_patterns:
        patterns += _patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return patterns


def test_every_address_says_whom_it_admits() -> None:
    found = [
        f"{pattern.lookup_str}"
        for pattern in _patterns(get_resolver())
        if pattern.callback.__module__.startswith("leerkring.") and declaration_of(pattern.callback) is None
    ]
    assert not found, f"Deny by default: each view is declared with @admits: {found}"


def test_url_names_are_view_names() -> None:
    found = [
        f"{pattern.name} is {pattern.callback.__name__}"
        for pattern in _patterns(get_resolver())
        if pattern.callback.__module__.startswith("leerkring.") and pattern.name != pattern.callback.__name__
    ]
    assert not found, f"One word travels from address to view: {found}"


def test_files_stay_small() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {count}"
        for path in sources()
        if label_of(path) != "sample" and (count := path.read_text(encoding="utf-8").count("\n")) > 400
    ]
    assert not found, f"Over 400 lines a file is two files: {found}"


def _weight(*patterns: str) -> int:
    files = [path for pattern in patterns for path in sources(pattern) if "static" in path.parts]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)


def test_first_visit_is_light() -> None:
    """Everything there is, as if one page loaded it all: at most 40 KB of script and 150 KB in all."""
    script = _weight("*.js") + sum(len(gzip.compress(p.read_bytes(), 9)) for p in PACKAGE.rglob("vendor/**/*.js"))
    fonts = sum(path.stat().st_size for path in PACKAGE.rglob("static/**/*latin-wght*.woff2") if "ext" not in path.name)
    assert script <= 40 * 1024, f"{script} bytes of script"
    assert script + _weight("*.css") + fonts <= 150 * 1024


def test_no_inline_script_or_style() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in sources("*.html")
        if "/mail/" not in str(path)
        and any(mark in path.read_text(encoding="utf-8") for mark in ("<style", " style=", " onclick=", "javascript:"))
    ]
    assert not found, f"The content security policy forbids it: {found}"
