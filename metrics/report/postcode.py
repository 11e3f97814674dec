"""Where a postcode lies: its ward and area, or what is said instead; never a guess."""

from collections.abc import Mapping

from metrics.domain import Definitions, Refused, Ward
from metrics.domain.postcodes import parts


def located(known: Definitions, text: str, words: Mapping[str, str]) -> tuple[str, tuple[Ward, ...]] | None:
    """
    The area that a postcode, or its first half, lies in, and the wards of it that it can be.

    Nothing where the text is no postcode, or where none can be looked for.

    Raises
    ------
    Refused
        It is not among those known, lies in several areas, or where another force polices; in the words of `wording.yaml`.
    """
    code, postcodes = parts(text), known.postcodes
    if code is None or postcodes is None:
        return None
    outward, inward = code
    written = f"{outward} {inward}".strip()
    exact = postcodes.ward(outward, inward) if inward else None
    wards = [known.wards[name] for name in ([exact] if exact else [] if inward else postcodes.wards(outward))]
    if not wards:
        raise Refused(words["unknown"].format(code=written))
    areas = sorted({ward.area for ward in wards})
    if len(areas) > 1:
        raise Refused(words["among"].format(code=written, wards=", ".join(known.places[area].name for area in areas)))
    if known.places[areas[0]].level != "area":
        raise Refused(words["policed"].format(code=written, area=known.places[areas[0]].name))
    return areas[0], tuple(wards)
