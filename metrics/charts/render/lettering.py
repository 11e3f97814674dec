"""
How wide words are, so that nothing has to be drawn to know whether it fits.

The widths of Arial, which Helvetica and Liberation Sans share to the unit, in thousandths of the size of the letters.
"""

BY_WIDTH = {
    222: "ijl'|",
    278: " ,./:;![]tfI\N{NO-BREAK SPACE}",
    333: "()-r`",
    500: "cksvxyzJ",
    584: "+<=>~\N{MINUS SIGN}",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "wCDHNRU",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
}
WIDTHS = {letter: width for width, letters in BY_WIDTH.items() for letter in letters}
USUAL = 556
BOLD = 1.07
"""How much wider bold words are, at most; figures are as wide as in regular letters."""


def width(words: str, size: float = 13, *, bold: bool = False) -> float:
    """
    How many pixels words take up at a size of letters in pixels.

    Examples
    --------
    >>> width("1,234", 16), round(width("usual: 203"), 1)
    (40.032, 60.0)
    """
    units = sum(WIDTHS.get(letter, USUAL) for letter in words)
    return units * size / 1000 * (BOLD if bold and not words.replace(",", "").isdigit() else 1)


def broken(words: str, room: float, size: float = 13) -> list[str]:
    """
    Words in lines no wider than a room in pixels; a word that is wider stands alone.

    Examples
    --------
    >>> broken("the way of interviewing changed", 120)
    ['the way of', 'interviewing', 'changed']
    """
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        lines[-1:] = [longer] if not lines[-1] or width(longer, size) <= room else [lines[-1], word]
    return lines
