"""The README's code is run as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from kxmodel.cli.app import VERBS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_first_code_prints_what_the_text_says(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (promised,) = re.findall(r"It prints `(.*?)`", README)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == promised + "\n"


def test_it_opens_with_the_code():
    assert README.index("```python") < README.index("\n## ")


def test_every_verb_it_names_exists():
    named = re.findall(r"kxmodel ([a-z]+)(?=[ `\n])", re.sub(r"pip install kxmodel", "", README))
    commands = {
        word for word in named if f"`kxmodel {word}" in README or f"    kxmodel {word}" in README
    }
    assert commands
    assert commands <= set(VERBS)


def test_every_make_target_and_folder_it_names_exists():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"    make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for folder in re.findall(r"`([a-z/]+/)`", README):
        assert (Path(__file__).parents[1] / folder).is_dir()
