"""
What only the full edition does: present, and write down what was said and promised.

The public edition does not hide these pages, it does not have them; and whatever writes refuses by itself besides, so
that a page added without thought for it cannot write either.
"""

from collections.abc import Collection, Mapping

from metrics.domain import Config, Refused

PUBLIC = "public"


def is_public(config: Config) -> bool:
    """Whether this is the public edition."""
    return config.edition == PUBLIC


def only_in_full(config: Config) -> None:
    """
    Refuse to go on in the public edition: the first line of every function that writes.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> only_in_full(SimpleNamespace(edition="full"))
    >>> only_in_full(SimpleNamespace(edition="public"))
    Traceback (most recent call last):
    metrics.domain.Refused: this is the public edition: it shows and never writes; `edition: full` in config.yaml does both
    """
    if is_public(config):
        raise Refused("this is the public edition: it shows and never writes; `edition: full` in config.yaml does both")


def pages_of(config: Config, pages: Mapping[str, str], only_full: Collection[str]) -> dict[str, str]:
    """
    The pages that an edition has, in their order.

    Parameters
    ----------
    config
        What `config.yaml` chooses.
    pages
        Every page, its title by its name.
    only_full
        The names of those that write or present.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> pages_of(SimpleNamespace(edition="public"), {"plan": "The plan", "present": "Present"}, {"present"})
    {'plan': 'The plan'}
    """
    return {name: title for name, title in pages.items() if not (is_public(config) and name in only_full)}
