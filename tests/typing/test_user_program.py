"""What type checkers accept runs, too; and they would notice if it were wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kxmodel.models import Lead, Message, Persona
from tests.typing.user_program import read, write

ROOT = Path(__file__).parents[2]


def test_it_runs(kxmodel_bound):
    for model in (Message, Lead, Persona):
        model.create_table(wait=True)
    message = write()
    assert list(read("gym")) == ["Hello!", "ann@example.com"]
    message.refresh()
    assert message.text == "Hello!"


def test_mypy_notices_a_mistake(tmp_path):
    """The program passes because its types are right, not because they are Any."""
    program = (
        "from kxmodel.models import Lead, Message\n"
        "Message(tenant_id=1, email_lc='a@b.co', source='fax', direction='inbound', text='')\n"
        "Message.conversation('t')\n"
        "Message.conversation('t', 'a@b.co', starts_with='01')\n"
        "Lead.by_phone('t', '+1').email_lc\n"
        "Message.recent('t')[0].nothing\n"
    )
    path = tmp_path / "wrong.py"
    path.write_text(program)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    lines = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    assert lines == {2, 3, 4, 5, 6}, done.stdout
