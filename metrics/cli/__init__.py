"""What each command does, and how it tells. Every function takes the words of the command line, parsed."""

from argparse import Namespace
from collections.abc import Callable

from metrics.cli.answers_out import run_findings
from metrics.cli.figures import run_build, run_check, run_import
from metrics.cli.meeting_commands import run_meeting, run_pack
from metrics.cli.publish_commands import run_publish, run_rollback
from metrics.cli.questions import LISTS, run_claim, run_list, run_show

__all__ = ["COMMANDS", "LISTS"]

COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "import": run_import,
    "check": run_check,
    "build": run_build,
    "list": run_list,
    "show": run_show,
    "findings": run_findings,
    "claim": run_claim,
    "meeting": run_meeting,
    "pack": run_pack,
    "publish": run_publish,
    "rollback": run_rollback,
}
