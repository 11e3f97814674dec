"""A text that is HTML already, so that a template puts it in as it is."""


class Piece(str):
    """
    HTML that was made by this project from escaped words; never a text that somebody wrote.

    Examples
    --------
    >>> Piece("<b>1</b>").__html__()
    '<b>1</b>'
    """

    __slots__ = ()

    def __html__(self) -> str:
        """As templates ask for it."""
        return str(self)


NOTHING = Piece()
"""Where a part of a page is left out."""
