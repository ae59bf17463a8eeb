"""What a fresh process is started for, by `fresh`.

    python bench/probe.py import MODULE URL    import a contender
    python bench/probe.py query MODULE URL     and query once, as many as KxGen shows at a time
    python bench/probe.py memory MODULE URL    print the bytes held for an item of a long query

Nothing is imported here that a contender does not need.
"""

from __future__ import annotations

import sys
from importlib import import_module

from contenders import contender

SHOWN = 50
HELD = 500


def held(module: str, url: str) -> float:
    """Bytes an item that stay allocated while the result of a query is kept."""
    import gc
    import tracemalloc

    subject = contender(module, url)
    # What is made once is made now.
    subject.query(HELD)
    gc.collect()
    tracemalloc.start()
    found = subject.query(HELD)
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / len(found)


if __name__ == "__main__":
    what, module, url = sys.argv[1:]
    if what == "import":
        import_module(f"contenders.{module}")
    elif what == "query":
        contender(module, url).query(SHOWN)
    else:
        print(held(module, url))
