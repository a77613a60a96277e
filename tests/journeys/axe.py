"""Accessibility of the screen as it is now. axe is injected by evaluation: the content policy refuses a script tag.

A screen of a shape that was fine is not asked about again: the same elements with the same classes, roles and states at
the same width, where only words, numbers and addresses differ. Half of the screens of all journeys are such.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

SOURCE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHAPE = """() => {
    const words = /^(value|href|action|src|id|for|name|content|title|datetime|d|points|transform|x|y|[cr]?[xyr]|[xy][12]|width|height|data-.*|aria-(label|labelledby|describedby|controls|owns|valuenow|posinset|setsize))$/;
    const shapeOf = (element) => {
        const marks = Array.from(element.attributes, ({ name, value }) =>
            words.test(name) ? name + (value.trim() ? "" : "=") : `${name}=${value}`);
        const inside = [];
        for (const child of element.childNodes) {
            const one = child.nodeType === 1 ? shapeOf(child) : child.nodeType === 3 && child.data.trim() ? "." : "";
            if (one && one !== inside.at(-1)) inside.push(one);
        }
        const state = (element.matches(":checked") ? "!" : "") + (element.matches(":placeholder-shown") ? "?" : "");
        return `<${element.localName}${state} ${marks.sort().join(" ")}>${inside.join("")}>`;
    };
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return `${innerWidth} ${devicePixelRatio} ${dark} ${shapeOf(document.documentElement)}`;
}"""  # noqa: E501 - one expression
SEEN: set[tuple[str, str]] = set()


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def axe(page: Page, *, within: str = "") -> None:
    """Fails with a sentence for each violation. `within` looks at one part of the page.

    A page that goes on to another meanwhile, as live pages do, is looked at where it arrives.
    """
    try:
        shape, found = look_at(page, within)
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        page.wait_for_load_state()
        shape, found = look_at(page, within)
    assert not found, f"axe on {page.url}:\n" + "\n".join(sentence(violation) for violation in found)
    SEEN.add((shape, within))


def look_at(page: Page, within: str) -> tuple[str, list[dict[str, Any]]]:
    """The shape of the screen, and the violations on it."""
    shape = hashlib.sha256(page.evaluate(SHAPE).encode()).hexdigest()
    return shape, [] if (shape, within) in SEEN else violations_on(page, within)


def violations_on(page: Page, within: str) -> list[dict[str, Any]]:
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(source())
    found: list[dict[str, Any]] = page.evaluate(
        """async ([rules, within]) => {
            await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
            const result = await window.axe.run(within || document, {
                runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], preload: false,
            });
            return result.violations;
        }""",
        [RULES, within],
    )
    return found


def sentence(violation: dict[str, Any]) -> str:
    lines = [f"- {violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"][:5]:
        lines.append(f"    {' '.join(map(str, node['target']))}")
        lines.append(f"      {node['html'][:200]}")
        lines.append(f"      {node['failureSummary'].splitlines()[1].strip()}")
    if len(violation["nodes"]) > 5:
        lines.append(f"    and {len(violation['nodes']) - 5} more")
    return "\n".join(lines)
