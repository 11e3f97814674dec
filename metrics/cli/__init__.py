"""
The whole command line: its commands, its help, and one line for every mistake of the user's.

Each group of commands is a module that says what each takes and does; every command gets the words of the command line, parsed.
"""

import argparse
import os
import sys
from functools import cache
from pathlib import Path

from metrics.cli import data_commands, hosting_commands, meeting_commands, questions, upkeep_commands
from metrics.cli.arguments import Parser
from metrics.domain import Refused

GROUPS = (data_commands, questions, meeting_commands, hosting_commands, upkeep_commands)
TEACH = """\
examples:
  python -m metrics import recorded-crime "Crime (historical).csv" "Crime (most recent).csv" --published 2026-04
  python -m metrics build
  python -m metrics list measures
  python -m metrics show residential-burglary AREA --as-at 2026-04-30
  python -m metrics meeting new AREA 2027-01-18
  python -m metrics pack AREA --meeting 2027-01-18
"""


@cache
def parser() -> argparse.ArgumentParser:
    """Every command with its arguments, and help that teaches."""
    top = Parser(
        prog="python -m metrics",
        description="Official police figures in; what changed, honestly, out.",
        epilog=TEACH,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument(
        "--config", type=Path, default=None, help="the configuration file (METRICS_CONFIG, or config.yaml); config.local.yaml goes over it"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for group in GROUPS:
        group.add_to(commands)
    return top


def main(words: list[str] | None = None) -> int:
    """
    Run one command.

    Returns: the command's exit status, 0 where it has none, or 1 for a mistake of the user's, told in one line on standard error.
    """
    try:
        given = parser().parse_args(words)
        return given.run(given) or 0
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of the output has closed it; Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"{error.filename}: cannot be read or written ({error.strerror})", file=sys.stderr)
        return 1
    return 0
