"""
Which ward a postcode lies in: every live postcode, packed, and no guess about any other.

A postcode is an outward code (`KT1`) and an inward one (`1EU`): a digit and two of twenty letters, which stand for a number below 400.
The inward codes of one ward in one outward code are a text: a digit begins a sector, and each letter is the step to the next number.
"""

import re
from dataclasses import dataclass

UNITS = "ABDEFGHJLNPQRSTUWXYZ"
STEPS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
FAR = "-"
"""A step of as many as there are letters, before the letter of the rest."""
WRITTEN = re.compile(rf"([A-Z]{{1,2}}[0-9][A-Z0-9]?)(?:([0-9][{UNITS}]{{2}}))?")


def parts(text: str) -> tuple[str, str] | None:
    """
    The outward and the inward code of what somebody wrote; the inward one empty where it is not given, nothing where it is no postcode.

    Examples
    --------
    >>> parts("kt1 1eu"), parts("KT11EU"), parts("KT1"), parts("Kingston")
    (('KT1', '1EU'), ('KT1', '1EU'), ('KT1', ''), None)
    """
    match = WRITTEN.fullmatch("".join(text.upper().split()))
    return (match[1], match[2] or "") if match else None


def packed(inward: list[str]) -> str:
    """
    Inward codes as a text.

    Examples
    --------
    >>> packed(["1EU", "1AA", "1AB", "2AA"]), unpacked(packed(["1EU", "1AA", "1AB", "2AA"]))
    ('1aa-v2a', ['1AA', '1AB', '1EU', '2AA'])
    """
    text, sector, last = "", "", -1
    for code in sorted(inward, key=lambda code: (code[0], _number(code))):
        if code[0] != sector:
            text, sector, last = text + code[0], code[0], -1
        far, near = divmod(_number(code) - last - 1, len(STEPS))
        text, last = text + FAR * far + STEPS[near], _number(code)
    return text


def unpacked(text: str) -> list[str]:
    """The inward codes that a text stands for, in their order."""
    codes, sector, at = [], "", -1
    for letter in text:
        if letter.isdigit():
            sector, at = letter, -1
        elif letter == FAR:
            at += len(STEPS)
        else:
            at += STEPS.index(letter) + 1
            codes.append(f"{sector}{UNITS[at // len(UNITS)]}{UNITS[at % len(UNITS)]}")
    return codes


def _number(inward: str) -> int:
    return UNITS.index(inward[1]) * len(UNITS) + UNITS.index(inward[2])


@dataclass(frozen=True)
class Postcodes:
    """Every live postcode of a month: by outward code the packed inward codes of each ward; what is not in it is not known."""

    source: str
    licence: str
    outward: dict[str, dict[str, str]]

    def ward(self, outward: str, inward: str) -> str | None:
        """
        The code of the ward that a postcode lies in; none where it is not in the list.

        Examples
        --------
        >>> known = Postcodes("", "", {"KT1": {"W1": packed(["1EU", "2AA"]), "W2": packed(["1EX"])}})
        >>> known.ward("KT1", "1EX"), known.ward("KT1", "1ZZ"), known.ward("KT9", "1EX")
        ('W2', None, None)
        """
        return next((ward for ward, text in self.outward.get(outward, {}).items() if inward in unpacked(text)), None)

    def wards(self, outward: str) -> dict[str, list[str]]:
        """The inward codes of each ward that an outward code reaches into; empty where it is not in the list."""
        return {ward: unpacked(text) for ward, text in self.outward.get(outward, {}).items()}
