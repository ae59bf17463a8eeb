"""The command line: one module a verb, none with logic of its own.

Exit codes: 0 done, 1 findings or failure, 2 usage. Data goes to stdout, everything else to stderr.
"""

from kxmodel.cli.app import main

__all__ = ["main"]
