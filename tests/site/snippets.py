"""A guide's code blocks, and a terminal that follows them from the first to the last.

    ```json title="schemas/notes.json"     a file of that name; without a title: more of the file before
    ```diff title="schemas/notes.json"     the lines with " " and "-" stand there once, and give way
    ```console                             what follows "$ " is run; what it prints is shown below it
    ```console title="another terminal"    left running until the guide ends
    ```text                                not followed

In what is shown, "..." stands for anything. Nothing shown: nothing is compared. A command fails but for
`# exit code N` behind it.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kxmodel.engines.ports import reserved

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))

#: The port that guides write, and that each run replaces by a free one.
PORT = "8000"
FILES = {"python", "json", "toml", "yaml", "dockerfile"}
LANGUAGES = FILES | {"diff", "console", "text"}

_BLOCK = re.compile(r'^```(\w*)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_EXIT_CODE = re.compile(r"# exit code (\d+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block. line: of its first fence, from 1."""

    language: str
    title: str
    text: str
    line: int


def blocks(guide: str) -> list[Block]:
    """The blocks of a guide in their order; a fence that is written in another way is refused."""
    found = [
        Block(match[1], match[2] or "", match[3], guide.count("\n", 0, match.start()) + 1)
        for match in _BLOCK.finditer(guide)
    ]
    assert guide.count("```") == 2 * len(found), "a fence of another form"
    return found


class Terminal:
    """An empty folder, and a shell in which kxmodel is installed and no AWS account is known."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last = ""
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "PYTEST_", "COV_"))
        }
        self.environment |= {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONUNBUFFERED": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "COLUMNS": "100",
        }

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        assert block.language in LANGUAGES, f"line {block.line}: {block.language!r}"
        if block.language in FILES:
            self._write(block)
        elif block.language == "diff":
            self._change(block)
        elif block.language == "console":
            for command, shown in commands(block.text):
                self._run(command, shown, f"line {block.line}: {command}")

    def _write(self, block: Block) -> None:
        self.last = block.title or self.last
        file = self.folder / self.last
        file.parent.mkdir(parents=True, exist_ok=True)
        before = "" if block.title else file.read_text("utf-8") + "\n\n"
        file.write_text(before + block.text, "utf-8")

    def _change(self, block: Block) -> None:
        file = self.folder / block.title
        text = file.read_text("utf-8")
        lines = block.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] != "+")
        new = "".join(line[1:] for line in lines if line[0] != "-")
        assert text.count(old) == 1, f"line {block.line}: {text.count(old)} times in {file}"
        file.write_text(text.replace(old, new), "utf-8")

    def _run(self, command: str, shown: str, place: str) -> None:
        if command.startswith("export "):
            self.environment |= dict(each.split("=", 1) for each in shlex.split(command)[1:])
            return
        # pip itself warns of what it will not do for ever.
        warnings = "default" if command.startswith("pip ") else "error"
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env=self.environment | {"PYTHONWARNINGS": warnings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=120,
            check=False,
        )
        code = _EXIT_CODE.search(command)
        assert done.returncode == int(code[1] if code else 0), f"{place}\n{done.stdout}"
        printed = "\n".join(line.rstrip() for line in done.stdout.splitlines())
        assert not shown or matches(printed, shown), f"{place}\n{printed}"

    @contextmanager
    def beside(self, block: Block) -> Iterator[None]:
        """The block's command, running in another terminal; it has said its first line by now."""
        ((command, shown),) = commands(block.text)
        with subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            try:
                assert process.stdout is not None
                first = process.stdout.readline().rstrip()
                assert matches(first, shown), f"line {block.line}: {first}"
                yield
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=30)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console, each with what it prints. A backslash goes on in the next line."""
    assert text.startswith("$ "), text
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.replace("\\\n", "").partition("\n")
        yield command, shown.rstrip("\n")


def matches(printed: str, shown: str) -> bool:
    """Whether it is what the guide shows, where "..." is anything."""
    lines = "\n".join(line.rstrip() for line in shown.splitlines())
    return (
        re.fullmatch(".*?".join(map(re.escape, lines.split("..."))), printed, re.DOTALL) is not None
    )


def follow(guide: str, folder: Path) -> Terminal:
    """Follow a whole guide in an empty folder."""
    terminal = Terminal(folder)
    with reserved(0) as port, ExitStack() as running:
        for block in blocks(guide.replace(PORT, str(port))):
            if block.title == "another terminal":
                running.enter_context(terminal.beside(block))
            else:
                terminal.follow(block)
    return terminal
