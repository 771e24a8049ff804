"""Run the command that README.md opens with, and write what it really prints into it."""

import subprocess
import sys
from pathlib import Path

from readme import replace_part

COMMAND = "hansa extract samples/uclg-congress-2022.txt"
_SHOWN_LINES = 2


def run_example() -> str:
    """The command and the first lines of its output, as a fenced block."""
    hansa = Path(sys.executable).parent / "hansa"
    command = [hansa, *COMMAND.split()[1:]]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    more = f"\n… and {len(lines) - _SHOWN_LINES} more" if len(lines) > _SHOWN_LINES else ""
    return f"```console\n$ {COMMAND}\n" + "\n".join(lines[:_SHOWN_LINES]) + f"{more}\n```"


if __name__ == "__main__":
    replace_part("example", run_example())
