"""Running migrations against a database, from a program: no printing, no prompting.

folder = load_folder(Path("migrations"))
database = connect(ClientSettings(region="eu-west-1"), Names("staging-"))
outcome = migrate(folder, database)
"""

from kxmodel.migrate.client import ClientSettings
from kxmodel.migrate.files import load_folder
from kxmodel.migrate.names import Names
from kxmodel.migrate.run.adopting import record_only
from kxmodel.migrate.run.api import migrate
from kxmodel.migrate.run.database import Database, connect
from kxmodel.migrate.run.events import Event, Outcome
from kxmodel.migrate.run.options import Options
from kxmodel.migrate.run.remote import pause, resume, set_rate
from kxmodel.migrate.run.runner import PythonContext
from kxmodel.migrate.run.status import Status, status
from kxmodel.migrate.run.verifying import Verified, verify

__all__ = [
    "ClientSettings",
    "Database",
    "Event",
    "Names",
    "Options",
    "Outcome",
    "PythonContext",
    "Status",
    "Verified",
    "connect",
    "load_folder",
    "migrate",
    "pause",
    "record_only",
    "resume",
    "set_rate",
    "status",
    "verify",
]
