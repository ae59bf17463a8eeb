"""A live writer: ``python -m tests.migrate.proofs.writer ENDPOINT PREFIX NUMBER COUNT OUT``.

Changes, deletes and adds messages, and stamps their keys, until its standard input is closed; then leaves
its items in the file OUT. Of the first COUNT messages, each fourth is its own, beginning with NUMBER.
"""

from __future__ import annotations

import json
import random
import select
import sys
from pathlib import Path

from kxmodel.migrate.names import Names
from tests.migrate.backfill.bench import client_of, message
from tests.migrate.requests import key_of
from tests.migrate.world import KEYS, World

#: How many writers share the messages, and over how many contacts these are spread.
WRITERS, CONTACTS = 4, 2000


def main(endpoint: str, prefix: str, number: str, count: str, out: str) -> None:
    world = World(client_of(endpoint), Names(prefix))
    mine = [message(n, contacts=CONTACTS) for n in range(int(number), int(count), WRITERS)]
    world.truth = {key_of(item, KEYS): item for item in mine}
    chance, keys, new = random.Random(number), list(world.truth), int(count) + int(number)
    print("ready", flush=True)
    # A pause between the writes, so that the migration gets its share of the machine.
    while not select.select([sys.stdin], [], [], 0.01)[0]:
        key, act = chance.choice(keys), chance.random()
        if act < 0.1:
            world.delete(key)
        elif act < 0.2:
            new += WRITERS
            world.put(new, contacts=CONTACTS)
        elif act < 0.4:
            world.say(key, f"said {act}")
        else:
            world.change(key, f"lead{chance.randrange(50)}" if act < 0.9 else None)
    Path(out).write_text(json.dumps(list(world.truth.values())))


if __name__ == "__main__":
    main(*sys.argv[1:])
