"""
One canvas, two ways to write a coordinate.

A chart places everything by fractions of its plot (0 to 1 from the left, 0 to 1 from the top) and moves it by pixels from there.
`Fluid` writes fractions as per cent, so that marks move with the width of the page while letters and strokes keep their pixels;
`Fixed` writes pixels for what cannot be fluid: pictures at an address, print, slides.

How wide words are is reckoned, so that nothing has to be drawn to know whether it fits: with the widths of Arial, which Helvetica and
Liberation Sans share to the unit, in thousandths of the size of the letters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from metrics.charts import style

GRID_SIZE = 1000
"""The square that the curves of a fluid drawing are written in, stretched to the plot."""
Run = Iterable[tuple[float, float]]


@dataclass(frozen=True)
class Fluid:
    """
    A plot as wide as its place on the page; `odd` and `wide` are classes of what a phone leaves out.

    `grid`: the side of the square that curves are written in: of a small picture a coarser one, for half the bytes.
    """

    grid: int = GRID_SIZE

    def shows(self, kind: str) -> bool:
        """Whether what is of this kind is drawn: all of it, for the page's style hides what has no room."""
        return True

    def x(self, fraction: float) -> str:
        """A fraction of the width."""
        return percent(fraction)

    def y(self, fraction: float) -> str:
        """A fraction of the height, from the top."""
        return percent(fraction)

    def at(self, x: float, y: float, inner: str, kind: str = "") -> str:
        """Something drawn in pixels around its own origin, put at a place."""
        return f'<svg x="{self.x(x)}" y="{self.y(y)}" overflow="visible"{class_of(kind)}>{inner}</svg>'

    def curves(self, inner: str) -> str:
        """Paths written by `path`, in a square that stretches to the plot."""
        size = f'viewBox="0 0 {self.grid} {self.grid}" preserveAspectRatio="none" width="100%" height="100%"'
        return f'<svg {size} overflow="visible">{inner}</svg>' if inner else ""

    def path(self, runs: Iterable[Run], attributes: str, *, closed: bool = False) -> str:
        """Runs of places as one path whose stroke keeps its pixels."""
        return path_of(runs, (self.grid, self.grid), attributes + ' vector-effect="non-scaling-stroke"', closed=closed)

    def upright(self, x: float, top: float, attributes: str) -> str:
        """A line from so many pixels above the plot down to its foot."""
        return f'<line x1="{self.x(x)}" x2="{self.x(x)}" y1="{-top:g}" y2="100%" {attributes}/>'

    def level(self, left: float, right: float, y: float, attributes: str, dy: float = 0) -> str:
        """A level line between two fractions, so many pixels below its height."""
        moved = f' transform="translate(0 {dy:g})"' if dy else ""
        return f'<line x1="{self.x(left)}" x2="{self.x(right)}" y1="{self.y(y)}" y2="{self.y(y)}" {attributes}{moved}/>'


@dataclass(frozen=True)
class Fixed:
    """A plot of so many pixels; on a phone's nothing is drawn that has no room there."""

    width: float
    height: float
    phone: bool = False

    def shows(self, kind: str) -> bool:
        """Whether what is of this kind is drawn."""
        return not (self.phone and kind)

    def x(self, fraction: float) -> str:
        """A fraction of the width."""
        return short(fraction * self.width)

    def y(self, fraction: float) -> str:
        """A fraction of the height, from the top."""
        return short(fraction * self.height)

    def at(self, x: float, y: float, inner: str, kind: str = "") -> str:
        """Something drawn in pixels around its own origin, put at a place."""
        return f'<g transform="translate({self.x(x)} {self.y(y)})">{inner}</g>'

    def curves(self, inner: str) -> str:
        """Paths written by `path`: in place already."""
        return inner

    def path(self, runs: Iterable[Run], attributes: str, *, closed: bool = False) -> str:
        """Runs of places as one path, written in tenths of a pixel so that nothing is rounded that can be seen."""
        return path_of(runs, (self.width, self.height), attributes, closed=closed, decimals=1)

    def upright(self, x: float, top: float, attributes: str) -> str:
        """A line from so many pixels above the plot down to its foot."""
        return f'<line x1="{self.x(x)}" x2="{self.x(x)}" y1="{-top:g}" y2="{self.height:g}" {attributes}/>'

    level = Fluid.level


Canvas = Fluid | Fixed


@dataclass(frozen=True)
class Drawing:
    """What a layer adds: lines and bars behind, curves, and marks on top of them."""

    behind: str = ""
    curves: str = ""
    marks: str = ""


def joined(drawn: Iterable[Drawing]) -> Drawing:
    """What layers add together."""
    parts = list(drawn)
    return Drawing(*("".join(getattr(each, part) for each in parts) for part in ("behind", "curves", "marks")))


def stroke(meaning: str, width: float | None = None, fill: str = "none") -> str:
    """The stroke of a meaning as attributes, its width in pixels where it is not the meaning's own, round a fill where it has one."""
    look = style.LINES[meaning]
    dash = f' stroke-dasharray="{" ".join(map(str, look.dash))}"' if look.dash else ""
    return f'fill="{fill}" stroke="{look.colour}" stroke-width="{width or look.width:g}"{dash}'


def words(text: str, dx: float, dy: float, attributes: str = "") -> str:
    """Words at so many pixels from where they are put."""
    return f'<text x="{dx:g}" y="{dy:g}" {attributes}>{escape(text, quote=False)}</text>'


def mark(meaning: str, radius: float, *, hollow: bool = False, ring: bool = False) -> str:
    """
    The shape of a meaning around its own origin, radius in pixels; a ring of paper sets it off from the lines behind.

    >>> mark("series", 3)
    '<circle r="3" fill="#0B0C0C"/>'
    """
    look = style.MARKS[meaning]
    if hollow:
        return f'<circle r="{radius:g}" fill="{style.PAPER}" stroke="{look.colour}" stroke-width="1.6"/>'
    outline = look.outline or (style.PAPER if ring else "")
    line = f' stroke="{outline}" stroke-width="{1.5 if ring else 1}"' if outline else ""
    match look.shape:
        case "circle":
            return f'<circle r="{radius:g}" fill="{look.colour}"{line}/>'
        case "square":
            return f'<path d="M{-radius:g} {-radius:g}h{2 * radius:g}v{2 * radius:g}h{-2 * radius:g}z" fill="{look.colour}"{line}/>'
        case "diamond":
            return f'<path d="M0 {-radius:g}L{radius:g} 0 0 {radius:g} {-radius:g} 0z" fill="{look.colour}"{line}/>'
        case "triangle-up":
            return f'<path d="M0 {-radius:g}L{radius:g} {radius:g}H{-radius:g}z" fill="{look.colour}"{line}/>'
        case "triangle-down":
            return f'<path d="M0 {radius:g}L{radius:g} {-radius:g}H{-radius:g}z" fill="{look.colour}"{line}/>'
        case _:
            raise ValueError(f"no such shape: {look.shape}")


def path_of(runs: Iterable[Run], size: tuple[float, float], attributes: str, *, closed: bool, decimals: int = 0) -> str:
    """
    Runs of fractions as a path in a box of this size, in steps from place to place, which take half the bytes of places.

    Each step starts from where the rounded one before it ended, so that nothing adds up.

    >>> path_of([[(0, 0.5), (0.1, 0.75)]], (1000, 1000), 'fill="none"', closed=False)
    '<path d="M0 500l100 250" fill="none"/>'
    """
    scale = 10**decimals
    drawn = "".join(_run([(round(x * size[0] * scale), round(y * size[1] * scale)) for x, y in run], scale, closed) for run in runs)
    return f'<path d="{drawn}" {attributes}/>' if drawn else ""


def percent(fraction: float) -> str:
    """
    A fraction as per cent, to a hundredth.

    >>> percent(0.65912), percent(1)
    ('65.91%', '100%')
    """
    return f"{short(100 * fraction)}%"


def short(number: float) -> str:
    """A number to a hundredth, without digits that say nothing."""
    return f"{round(number, 2) + 0:g}" if abs(number) < 1000 else f"{number:.0f}"


def class_of(kind: str) -> str:
    """A class as an attribute, where there is one."""
    return f' class="{kind}"' if kind else ""


def _run(spots: list[tuple[int, int]], scale: int, closed: bool) -> str:
    if not spots:
        return ""
    (x, y), path = spots[0], "M" + _pair(*spots[0], scale)
    for index, (to_x, to_y) in enumerate(spots[1:]):
        step = _pair(to_x - x, to_y - y, scale)
        path += ("l" if index == 0 else "" if step.startswith("-") else " ") + step
        x, y = to_x, to_y
    return path + ("z" if closed else "h0" if len(spots) == 1 else "")


def _pair(x: int, y: int, scale: int) -> str:
    return f"{x / scale:g} {y / scale:g}".replace(" -", "-")


BY_WIDTH = {
    222: "ijl'|", 278: " ,./:;![]tfI\N{NO-BREAK SPACE}", 333: "()-r`", 500: "cksvxyzJ", 584: "+<=>~\N{MINUS SIGN}", 611: "FTZ",
    667: "ABEKPSVXY&", 722: "wCDHNRU", 778: "GOQ", 833: "mM", 889: "%", 944: "W",
}
WIDTHS = {letter: width for width, letters in BY_WIDTH.items() for letter in letters}
USUAL = 556
BOLD = 1.07
"""How much wider bold words are, at most; figures are as wide as in regular letters."""


def width(text: str, size: float = 13, *, bold: bool = False) -> float:
    """
    How many pixels words take up at a size of letters in pixels.

    >>> width("1,234", 16), round(width("usual: 203"), 1)
    (40.032, 60.0)
    """
    units = sum(WIDTHS.get(letter, USUAL) for letter in text)
    return units * size / 1000 * (BOLD if bold and not text.replace(",", "").isdigit() else 1)


def broken(text: str, room: float, size: float = 13) -> list[str]:
    """
    Words in lines no wider than a room in pixels; a word that is wider stands alone.

    >>> broken("the way of interviewing changed", 120)
    ['the way of', 'interviewing', 'changed']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        lines[-1:] = [longer] if not lines[-1] or width(longer, size) <= room else [lines[-1], word]
    return lines
