"""What a data migration does with one item: pure judgement, no I/O."""

from kxmodel.migrate.tasks.attributes import AddAttribute, RemoveAttribute, RenameAttribute
from kxmodel.migrate.tasks.follow import FollowKeys
from kxmodel.migrate.tasks.keep_primary import KeepPrimary
from kxmodel.migrate.tasks.keys import EntityKeys, IndexKeys, KeysTask, KeyTypes
from kxmodel.migrate.tasks.recognise import Recognise
from kxmodel.migrate.tasks.rekey import RekeyItems, WholeItem
from kxmodel.migrate.tasks.remove_values import RemoveKeyValues
from kxmodel.migrate.tasks.sources import SourceTemplates
from kxmodel.migrate.tasks.spec import TaskSpec
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Task, Verdict
from kxmodel.migrate.tasks.transform import TransformAttribute
from kxmodel.migrate.tasks.validate import ValidateItems

__all__ = [
    "ALREADY",
    "SKIPPED",
    "AddAttribute",
    "EntityKeys",
    "FollowKeys",
    "IndexKeys",
    "KeepPrimary",
    "KeyTypes",
    "KeysTask",
    "Recognise",
    "RekeyItems",
    "RemoveAttribute",
    "RemoveKeyValues",
    "RenameAttribute",
    "SourceTemplates",
    "Task",
    "TaskSpec",
    "TransformAttribute",
    "ValidateItems",
    "Verdict",
    "WholeItem",
]
