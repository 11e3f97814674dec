"""
Reading and writing `postcodes.txt`: where the list is from, then a line for each ward in each outward code.

    KT1 E05013929 1abcQ2a

The last word is the packed text of `metrics/domain/geography.py`.
"""

import re
from pathlib import Path

from metrics.domain import Refused, Ward
from metrics.domain.geography import FAR, STEPS, Postcodes, packed

NAME = "postcodes.txt"
HEADS = ("source", "licence")
LINE = re.compile(rf"([A-Z]{{1,2}}[0-9][A-Z0-9]?) (\w+) ((?:[0-9](?:{FAR}*[{STEPS}])+)+)")


def postcodes(data: Path, wards: dict[str, Ward]) -> Postcodes | None:
    """
    The postcodes; none where the force has not brought any, and then no postcode can be looked for.

    Raises
    ------
    Refused
        A line that is none, a ward that `wards.csv` does not know, or a ward that stands twice in an outward code.
    """
    path = data / NAME
    if not path.exists():
        return None
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"cannot be read ({error})", file=path) from error
    heads = [_head(path, number, name, lines[number - 1 : number]) for number, name in enumerate(HEADS, 1)]
    outward: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines[len(HEADS) :], len(HEADS) + 1):
        match = LINE.fullmatch(line)
        if not match:
            raise Refused(f"not an outward code, a ward and its inward codes: {line[:40]!r}", file=path, line=number)
        if match[2] not in wards:
            raise Refused(f"{match[2]!r} is no ward of wards.csv", file=path, line=number)
        there = outward.setdefault(match[1], {})
        if match[2] in there:
            raise Refused(f"{match[2]} already stands in {match[1]}", file=path, line=number)
        there[match[2]] = match[3]
    return Postcodes(*heads, outward)


def _head(path: Path, number: int, name: str, line: list[str]) -> str:
    if not line or not line[0].startswith(f"{name}: "):
        raise Refused(f"'{name}: ' and its words were expected", file=path, line=number)
    return line[0].removeprefix(f"{name}: ").strip()


def as_text(source: str, licence: str, by_ward: dict[tuple[str, str], list[str]]) -> str:
    """
    The text of the file, from the inward codes by outward code and ward.

    Examples
    --------
    >>> print(as_text("OS", "OGL", {("KT1", "E1"): ["1AB"]}), end="")
    source: OS
    licence: OGL
    KT1 E1 1b
    """
    rows = [f"{outward} {ward} {packed(inward)}" for (outward, ward), inward in sorted(by_ward.items())]
    return "\n".join([f"source: {source}", f"licence: {licence}", *rows]) + "\n"


