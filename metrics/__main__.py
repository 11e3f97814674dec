"""The command line: `python -m metrics`. It takes words apart and hands them to `metrics.cli`."""

import argparse
import os
import re
import sys
from datetime import date
from pathlib import Path

from metrics import cli
from metrics.domain import Refused, periods

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
TEACH = """\
examples:
  python -m metrics import recorded-crime "MPS Borough Level Crime (Historical).csv" \\
      "MPS Borough Level Crime (most recent 24 months).csv" --published 2026-04
  python -m metrics build
  python -m metrics list measures
  python -m metrics show residential-burglary kingston-upon-thames --as-at 2026-04-30
  python -m metrics meeting new kingston-upon-thames 2027-01-18
  python -m metrics pack kingston-upon-thames --meeting 2027-01-18
"""


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, like every other."""

    def error(self, message: str) -> None:
        raise Refused(f"{message}; see `{self.prog} --help`")


def parser() -> argparse.ArgumentParser:
    """The whole command line, with help that teaches."""
    top = Parser(
        prog="python -m metrics",
        description="Official police figures in; what changed, honestly, out.",
        epilog=TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--config", type=Path, default=Path("config.yaml"), help="the configuration file (config.yaml)")
    sub = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    _import(sub)
    _plain(sub, "check", "check every definition and release, and build nothing")
    build = _plain(sub, "build", "build the database from data/ and make it current")
    build.add_argument("--again", action="store_true", help="build even where nothing has changed")
    what = _plain(sub, "list", "list what there is")
    what.add_argument("what", nargs="?", choices=sorted(cli.LISTS), default="measures", help="measures unless you say otherwise")
    _show(sub)
    _findings(sub)
    _claim(sub)
    _meeting(sub)
    _pack(sub)
    _pages(sub)
    return top


def main(words: list[str] | None = None) -> int:
    """
    Run one command.

    Returns
    -------
    int
        The exit status: 0, or 1 for a mistake of the user's, told in one line on standard error.
    """
    try:
        given = parser().parse_args(words)
        cli.COMMANDS[given.command](given)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _plain(sub, name: str, what: str) -> argparse.ArgumentParser:
    return sub.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")


def _import(sub) -> None:
    command = sub.add_parser(
        "import",
        help="keep official files as one more release",
        description="Read official files, say what they hold and change, and keep them as one more release. "
        "Importing the same files again changes nothing. Datasets: `python -m metrics list datasets`.",
    )
    command.add_argument("dataset", metavar="DATASET", help="what the files are, such as recorded-crime")
    command.add_argument("files", metavar="FILE", nargs="+", type=Path, help="all files of this release")
    command.add_argument(
        "--published", metavar="DATE", required=True, type=_publication,
        help="the day of publication, 2026-04-18; or the month, 2026-04, where the day is not known: "
        "its last day is used and marked approximate",
    )
    command.add_argument("--retrieved", metavar="DATE", type=_day, default=None, help="the day the files were fetched (today)")
    command.add_argument("--accept", metavar="REASON", default="", help="take what looks odd; the reason is kept with the release")
    command.add_argument(
        "--unfinished", action="store_true",
        help="the newest month was not finished by its publisher: it is drawn, and judged by nothing; needs --accept",
    )
    command.add_argument("--note", default="", help="anything a reader should know of where the files came from")


def _show(sub) -> None:
    command = sub.add_parser(
        "show",
        help="print the figures of one measure in one place",
        description="Print the figures of one measure in one place: the newest known, or as known at a date.",
    )
    command.add_argument("measure", metavar="MEASURE", help="a measure's id: `python -m metrics list measures`")
    command.add_argument("place", metavar="PLACE", help="a borough or london: its id, name or GSS code")
    _as_at(command)
    command.add_argument("--csv", action="store_true", help="as CSV: measure, place, period, value, base, published")


def _findings(sub) -> None:
    command = sub.add_parser(
        "findings",
        help="print what can be said, and what cannot",
        description="Print both answers on every measure and place, on a year before and since the plan began, chosen by rule: "
        "as now known, or as known at a date.",
    )
    command.add_argument("--place", help="one borough, or london: its id, name or GSS code")
    command.add_argument("--measure", help="one measure's id")
    _as_at(command)
    command.add_argument("--csv", action="store_true", help="as CSV: every field, one answer a line")


def _claim(sub) -> None:
    command = sub.add_parser(
        "claim",
        help="check a claim against the figures",
        description="Say whether the figures support a claim, such as 'knife crime in Camden is down since 2023', and what they would "
        "stand behind; or ask what is meant.",
    )
    command.add_argument("text", metavar="TEXT", help="what was said, in quotes; at most 500 characters")
    _as_at(command)


def _meeting(sub) -> None:
    command = sub.add_parser(
        "meeting",
        help="begin the file of a public meeting, or put its minutes on record",
        description="Begin the file of a borough's next meeting with what is open carried over, or put minutes on record.",
    )
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=Parser)
    new = actions.add_parser(
        "new",
        help="begin the file of a meeting, every field explained",
        description="Begin data/meetings/BOROUGH/DATE.yaml, every field explained, with open commitments and concerns carried over.",
    )
    record = actions.add_parser(
        "record",
        help="put minutes on record",
        description="Put the minutes of a meeting that was held on record, from a CSV file with the columns kind, text, theme, ward, "
        "measure, owner, due; kind is concern, commitment, speaker (the name under text, the role under owner) or next (the month "
        "under due). Name no resident.",
    )
    for action in (new, record):
        _borough(action)
        action.add_argument("date", metavar="DATE", type=_day, help="the day of the meeting, such as 2027-01-18")
    record.add_argument("file", metavar="FILE", type=Path, help="the minutes, a CSV file")
    record.add_argument("--source", default="", help="where the minutes can be read; needed the first time")


def _pack(sub) -> None:
    command = sub.add_parser(
        "pack",
        help="write the files of a meeting: slides, handout, one sheet",
        description="Write what a public meeting needs, for a laptop without a network: one HTML file with slides, handout and figures, "
        "the slides as PowerPoint, and one page to hand out.",
    )
    _borough(command)
    command.add_argument("--meeting", metavar="DATE", type=_day, required=True, help="the day of the meeting it is for, such as 2027-01-18")
    command.add_argument("--since", metavar="DATE", type=_day, default=None, help="the day to look back on (the borough's last meeting)")
    command.add_argument("--out", metavar="DIR", type=Path, default=Path("build/packs"), help="the folder to write to (build/packs)")


def _pages(sub) -> None:
    publish = sub.add_parser(
        "publish",
        help="publish the public pages, whole or not at all",
        description="Build, then write every public page as one edition in DIR, check it, and make it current in one step. "
        "What is the same as before is not written again; the last editions are kept.",
    )
    publish.add_argument("folder", metavar="DIR", type=Path, help="the folder of editions; a web server's root is DIR/current")
    rollback = sub.add_parser(
        "rollback",
        help="go back to an earlier edition of the public pages",
        description="Make an earlier edition of DIR current again, once every file of it is known to be whole.",
    )
    rollback.add_argument("folder", metavar="DIR", type=Path, help="the folder of editions")
    rollback.add_argument("edition", metavar="EDITION", nargs="?", help="the edition's name (the one before the current)")


def _as_at(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-at", metavar="DATE", type=_day, default=None, help="only what was published by that day")


def _borough(command: argparse.ArgumentParser) -> None:
    command.add_argument("borough", metavar="BOROUGH", help="a borough: its id, name or GSS code")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-04-30") from None


def _publication(text: str) -> tuple[date, bool]:
    """The day, and whether only the month was given."""
    if MONTH.fullmatch(text):
        return periods.last_day(text), True
    return _day(text), False


if __name__ == "__main__":
    sys.exit(main())
