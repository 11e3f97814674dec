"""What axe finds against a page, and a page cut to one of each kind of part where hundreds alike would be gone through."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BEST = (*WCAG, "best-practice")
# What is in order is counted and not described: to describe it takes axe as long as to look for what is not.
RUN = """rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false}).then(({passes, violations}) =>
    [passes.length, violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 200)]))])"""
THIN = """parts => {
    const known = new Set(), kind = each => `${each.tagName}.${each.getAttribute('class')}`;
    document.querySelectorAll(parts).forEach(part => {
        const fresh = [part, ...part.querySelectorAll('*')].map(kind).filter(name => !name.includes('room-') && !known.has(name));
        fresh.forEach(name => known.add(name));
        if (!fresh.length) part.remove(); }); }"""


def violations(page: Page, rules: tuple[str, ...] = WCAG) -> list[list[str]]:
    """The rule and the element of every violation; an axe that looked at next to nothing is an error."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    passed, violated = page.evaluate(RUN, list(rules))
    assert passed > 5, f"axe had only {passed} rules to apply"
    return violated


def one_of_each(page: Page, parts: str) -> int:
    """Take away the parts in which every kind of element stands in a part before, and give how many are left."""
    page.evaluate(THIN, parts)
    return page.locator(parts).count()
