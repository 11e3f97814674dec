"""Writing YAML that people read and `strict_yaml` reads back to the same values: block style, no tags, anchors or aliases."""

from collections.abc import Mapping, Sequence

import yaml

WIDTH = 120


class _Plain(yaml.SafeDumper):
    """A value that stands twice is written out twice."""

    def ignore_aliases(self, data: object) -> bool:
        """Whatever it is."""
        return True


def text(value: Mapping | Sequence) -> str:
    """
    A mapping or list of plain values as YAML, in the order given.

    Parameters
    ----------
    value
        Dicts and lists of texts, whole and decimal numbers, days, `True`, `False` and `None`.

    Raises
    ------
    yaml.representer.RepresenterError
        A value of another kind.

    Examples
    --------
    >>> print(text({"status": "held", "by": "2023-11", "measures": ["listen"], "day": "2023-08-07"}), end="")
    status: held
    by: 2023-11
    measures:
    - listen
    day: '2023-08-07'
    """
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, default_flow_style=False, width=WIDTH)
