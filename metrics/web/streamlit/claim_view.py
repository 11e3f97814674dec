"""The page of the claim check: a box to type in, examples, and for each claim its answer or the question that comes first."""

import streamlit as st

from metrics import claims
from metrics.build.definition_files import as_folder
from metrics.charts.render import html
from metrics.claims import Answer, Question, Vocabulary
from metrics.domain import Refused, periods
from metrics.web.streamlit import bodies, cached_reads, links
from metrics.web.streamlit.cached_reads import Seen, costly, kept
from metrics.web.streamlit.page_parts import plain

CLAIM = "claim"
EXAMPLES = "Claims to try:"
BEYOND = 2 * claims.LONGEST
"""Letters of the address that are looked at: enough to say that a claim is too long."""
BUTTONS = 6
"""More choices than these are offered in a picker."""


def typed(seen: Seen) -> str:
    """The claim that the address holds; typing another one writes it there."""
    words, example = cached_reads.wording(seen.build).text["claims"], next(iter(_examples(seen)), "")
    bodies.show(html.heading(1, words["title"]) + html.paragraphs(words["invitation"], kind="hero small"))
    given = st.query_params.get(CLAIM, "")[:BEYOND].strip()
    st.session_state[CLAIM] = given[: claims.LONGEST]
    st.text_input(words["label"], key=CLAIM, max_chars=claims.LONGEST, placeholder=example, on_change=_write)
    return given


def examples(seen: Seen) -> None:
    """Claims to begin with, under a line that says so, side by side where there is room."""
    bodies.show(html.paragraphs(EXAMPLES, kind="source"))
    with st.container(horizontal=True):
        for number, text in enumerate(_examples(seen)[1:]):
            st.button(plain(text), key=f"example-{number}", on_click=_set, args=(text,))


def _examples(seen: Seen) -> tuple[str, ...]:
    """What may be said of the force and checked; the first stands in the empty box."""
    return cached_reads.known(seen.build).force.claims


def answers(seen: Seen, text: str) -> None:
    """What the figures say of each claim of a text."""
    try:
        results = checked(seen, text)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
        return
    for number, result in enumerate(results):
        if isinstance(result, Question):
            _ask(seen, result, f"{number} {text}")
        else:
            bodies.show(_answer(seen, result))


@kept(2)
def vocabulary(build: str) -> Vocabulary:
    """The words of claims that belong to a build."""
    with as_folder(cached_reads.store().ask) as data:
        return claims.read_vocabulary(data / claims.FILE, cached_reads.known(build))


@costly(256)
def checked(seen: Seen, text: str) -> tuple[Answer | Question, ...]:
    """Every claim of a text with its answer, worked out once."""
    build = seen.build
    return claims.check_text(text, cached_reads.known(build), cached_reads.wording(build), cached_reads.store().ask, seen.as_at,
        vocabulary(build))


def _answer(seen: Seen, answer: Answer) -> str:
    words = cached_reads.wording(seen.build).text["claims"]
    day = periods.say_day(answer.as_at) if answer.as_at else ""
    about = words["about" if answer.period else "about_no_period"].format(period=answer.period, day=day)
    details = html.folded(words["stands"], html.paragraphs(*answer.details)) if answer.details else ""
    claim, question = answer.claim, answer.question or links.NO_ANSWER
    chart = bodies.chart_of(seen, claim.measure, claim.place, question) if claim.measure and claim.place else ""
    return html.boxed(
        "card",
        html.heading(2, answer.read_as),
        html.verdict(answer.outcome, words["outcomes"][answer.outcome]),
        html.paragraphs(*answer.assumed, answer.summary, *answer.reasons),
        chart,
        details,
        html.paragraphs(*filter(None, (about, answer.source)), kind="source"),
    )


def _ask(seen: Seen, question: Question, key: str) -> None:
    """A question, with each answer as a button; where there are many, in a picker."""
    bodies.show(html.boxed("card", html.heading(2, question.text)))
    if len(question.choices) <= BUTTONS:
        with st.container(horizontal=True):
            for number, choice in enumerate(question.choices):
                st.button(plain(choice.label), key=f"choice-{number} {key}", on_click=_set, args=(choice.text,))
        return
    texts = {choice.label: choice.text for choice in question.choices}
    words = cached_reads.wording(seen.build).text["claims"]
    st.selectbox(words["pick"], list(texts), index=None, key=f"choices {key}", on_change=_pick, args=(f"choices {key}", texts))


def _pick(key: str, texts: dict[str, str]) -> None:
    chosen = st.session_state[key]
    if chosen:
        _set(texts[chosen])


def _write() -> None:
    _set(st.session_state[CLAIM])


def _set(text: str) -> None:
    """Write a claim into the address."""
    if text.strip():
        st.query_params[CLAIM] = text.strip()
    else:
        st.query_params.pop(CLAIM, None)
