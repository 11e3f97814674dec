"""The style sheet of one page: of the rules of all pages, those that something on it can match."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize

CLASSES = re.compile(r'class="([^"]+)"')
EMPTY = "<style></style>"


class Rule(NamedTuple):
    """A rule of a sheet: what it says, the classes that each of its selectors names, the rules within it."""

    head: str
    body: str
    needs: tuple[frozenset[str], ...]
    within: tuple["Rule", ...]


def styled(page: str, sheet: str) -> str:
    """
    A page with the rules of a sheet that it can use in its empty style element.

    Only classes are looked at: what a rule asks of elements, states and places in the page is left to the browser.

    >>> styled('<style></style><p class="old">1</p>', 'p{margin:0}.old,.new{color:red}.new b{color:blue}')
    '<style>p{margin:0}.old,.new{color:red}</style><p class="old">1</p>'
    """
    classes = frozenset(" ".join(CLASSES.findall(page)).split())
    return page.replace(EMPTY, f"<style>{_for_classes(sheet, classes)}</style>", 1)


@lru_cache(maxsize=1024)
def _for_classes(sheet: str, classes: frozenset[str]) -> str:
    return "".join(_kept(_rules(sheet), classes))


@lru_cache(maxsize=8)
def _rules(sheet: str) -> tuple[Rule, ...]:
    return tuple(map(_rule, parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def _rule(node) -> Rule:
    head = serialize(node.prelude).strip()
    if node.type == "qualified-rule":
        return Rule(head, serialize(node.content).strip(), tuple(_needs(node.prelude)), ())
    head = f"@{node.at_keyword} {head}".strip()
    inner = parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
    if any(each.type != "qualified-rule" for each in inner):
        return Rule(head, serialize(node.content).strip(), (frozenset(),), ())
    return Rule(head, "", (), tuple(map(_rule, inner)))


def _needs(prelude: list) -> Iterator[frozenset[str]]:
    """The classes of each selector; those within `:not()` and its like are not asked for."""
    needs: set[str] = set()
    for before, part in zip([None, *prelude], prelude, strict=False):
        if part == ",":
            yield frozenset(needs)
            needs = set()
        elif before == "." and part.type == "ident":
            needs.add(part.value)
    yield frozenset(needs)


def _kept(rules: tuple[Rule, ...], classes: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        body = rule.body if any(needs <= classes for needs in rule.needs) else "".join(_kept(rule.within, classes))
        if body:
            yield f"{rule.head}{{{body}}}"
