"""``python -m kxmodel``."""

from __future__ import annotations

import sys

from kxmodel.cli import main

if __name__ == "__main__":
    sys.exit(main())
