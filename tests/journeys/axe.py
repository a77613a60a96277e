"""Accessibility of the screen as it is now. axe is injected by evaluation: the content policy refuses a script tag."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

SOURCE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def axe(page: Page, *, within: str = "") -> None:
    """Fails with a sentence for each violation. `within` looks at one part of the page.

    A page that goes on to another meanwhile, as live pages do, is looked at where it arrives.
    """
    try:
        found = violations_on(page, within)
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        page.wait_for_load_state()
        found = violations_on(page, within)
    assert not found, f"axe on {page.url}:\n" + "\n".join(sentence(violation) for violation in found)


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
