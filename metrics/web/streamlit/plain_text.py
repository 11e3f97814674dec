"""Text from data or from an address where Streamlit reads Markdown: shown as it is written, with no power over the page."""

import re

import streamlit as st

MARKDOWN = r"\`*_{}[]()#+-.!|<>~$:&"
LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
JOINER = "\N{WORD JOINER}"
"""Takes no room. Put into an address it is none any more: Streamlit makes links of addresses after Markdown is read, escaped or not."""


def plain(text: str) -> str:
    r"""
    Text with everything that Markdown would read taken out of its power.

    >>> print(plain("[a](b)"))
    \[a\]\(b\)
    >>> JOINER in plain("https://example.org"), JOINER in plain("www.example.org"), JOINER in plain("a@example.org")
    (True, True, True)
    """
    return "".join(f"\\{letter}" if letter in MARKDOWN else letter for letter in LINKED.sub(JOINER, text))


def title(text: str) -> None:
    """The page's one heading of the first level."""
    st.title(plain(text), anchor=False)


def header(text: str) -> None:
    """A heading of the second level."""
    st.header(plain(text), anchor=False)
