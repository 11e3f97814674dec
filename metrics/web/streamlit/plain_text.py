"""Text from data or from an address where Streamlit reads Markdown: shown as it is written, with no power over the page."""

import streamlit as st

MARKDOWN = r"\`*_{}[]()#+-.!|<>~$:&"


def plain(text: str) -> str:
    r"""
    Text with everything that Markdown would read taken out of its power.

    Examples
    --------
    >>> print(plain("[a](b)"))
    \[a\]\(b\)
    """
    return "".join(f"\\{letter}" if letter in MARKDOWN else letter for letter in text)


def title(text: str) -> None:
    """The page's one heading of the first level."""
    st.title(plain(text), anchor=False)


def header(text: str) -> None:
    """A heading of the second level."""
    st.header(plain(text), anchor=False)
