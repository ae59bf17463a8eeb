"""What type checkers accept runs, too; and they would notice if it were wrong."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from kxmodel.models import Lead, Message, Persona
from tests.typing.user_program import awaited, read, write

ROOT = Path(__file__).parents[2]


def test_it_runs(kxmodel_bound):
    for model in (Message, Lead, Persona):
        model.create_table(wait=True)
    message = write()
    assert list(read("gym")) == ["Hello!", "ann@example.com"]
    message.refresh()
    assert message.text == "Hello!"
    assert sorted(asyncio.run(awaited("gym"))) == ["Hello!", "Hello!"]


def test_mypy_notices_a_mistake(tmp_path):
    """The program passes because its types are right, not because they are Any."""
    program = (
        "from kxmodel.models import Lead, Message\n"
        "Message(tenant_id=1, email_lc='a@b.co', source='fax', direction='inbound', text='')\n"
        "Message.conversation('t')\n"
        "Message.conversation('t', 'a@b.co', starts_with='01')\n"
        "Lead.by_phone('t', '+1').email_lc\n"
        "Message.recent('t')[0].nothing\n"
        "async def main() -> None:\n"
        "    await Message.aio.conversation('t')\n"
        "    await Message.aio.conversation('t', 'a@b.co', starts_with='01')\n"
        "    (await Lead.aio.by_phone('t', '+1')).email_lc\n"
        "    Message.aio.recent('t').cursor\n"
        "    await Message.aio.nothing('t')\n"
        "    async for lead in Lead.aio.by_status('t', 'new'):\n"
        "        lead.nothing\n"
        "    async with Lead.aio.batch_write() as batch:\n"
        "        await batch.save(Message.from_json({}))\n"
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
    assert lines == {2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 14, 16}, done.stdout
