"""What each amount of a claim is, by the words around it: how much something changed, where it stood before, where it stands."""

from dataclasses import replace

from metrics.claims.claim import Amount
from metrics.claims.clauses import Part
from metrics.claims.matches import Hit

CHANGES = ("percent", "points")


def amounts_of(part: Part, tokens, *, survey: bool) -> dict[str, Amount] | None:
    """
    The amounts of a claim by their role, `size`, `start` or `level`; None where two have the same.

    Parameters
    ----------
    survey
        Whether the measure is a percentage itself, so that one without a way is where it stands.
    """
    found: dict[str, Amount] = {}
    for index, hit in enumerate(part.hits):
        if hit.kind != "amount":
            continue
        role = _role(hit, part, tokens, survey)
        if role in found:
            return None
        before = part.hits[index - 1] if index else None
        amount = _bounded(hit.value, before.value if before is not None and before.kind == "bound" else "exact")
        rate = role == "level" and amount.unit == "number" and part.has("unit")
        found[role] = replace(amount, unit="per_1000") if rate else amount
    if found or part.has("way"):
        return found
    return {"size" if hit.value.unit in CHANGES else "level": hit.value for hit in part.taken if hit.kind == "amount"}


def _role(hit: Hit, part: Part, tokens, survey: bool) -> str:
    before = [one for one in part.hits if one.end <= hit.first and one.kind != "bound"]
    word = tokens[before[-1].end - 1].text if before else ""
    amount = hit.value
    if word == "from":
        return "start"
    if word in ("to", "at"):
        return "level"
    if word == "by" or amount.way or amount.unit == "points":
        return "size"
    if amount.unit == "percent":
        return "level" if survey and not part.all_of("way") else "size"
    return "size" if amount.unit == "number" and _touches_a_way(hit, part) else "level"


def _touches_a_way(hit: Hit, part: Part) -> bool:
    """`Down 400`, `400 more`, `400 fewer`: a number that touches its direction says how much."""
    return any(one.kind == "way" and (one.end == hit.first or one.first == hit.end) for one in part.hits)


def _bounded(amount: Amount, bound: str) -> Amount:
    """An amount with `about`, `at least` or `at most` before it."""
    wide = max(amount.near, amount.number / 20 if amount.unit == "number" else max(1.0, amount.number / 10))
    return replace(amount, bound=bound, near=wide if bound == "about" else amount.near)
