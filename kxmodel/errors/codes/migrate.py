"""KX6xx: migrations. 600-619 files and plans, 620-639 backfill, 640-659 history and runs."""

from kxmodel.errors.codes.code import Code

MIGRATE: tuple[Code, ...] = (
    Code(
        "KX600",
        "Migration error",
        "A migration cannot be read, planned or run.",
        "See the message.",
    ),
    Code(
        "KX601",
        "Migration file cannot be used",
        "A file of the migrations folder fails on import, or holds no `migration`.",
        "Correct the file: it assigns one `Migration(...)` to the name `migration`.",
    ),
    Code(
        "KX602",
        "Migration file changed",
        "A migration does something else than when its checksum was written to lock.json.",
        "Restore the file and write a new migration. Only if it ran nowhere yet: delete its line in "
        "lock.json, then run `kxmodel makemigration --relock`.",
    ),
    Code(
        "KX603",
        "lock.json cannot be used",
        "migrations/lock.json is missing, damaged, or names migrations that are not there.",
        "Restore it from version control; `kxmodel makemigration --relock` adds what is missing.",
    ),
    Code(
        "KX604",
        "Snapshot is wrong",
        "The state beside a migration is missing, damaged, or not what its operations give.",
        "Run `kxmodel makemigration --relock`, which writes the snapshots anew from the operations.",
    ),
    Code(
        "KX605",
        "Operation refused",
        "An operation is malformed, or does not fit the state before it.",
        "Correct the operation named in the message.",
    ),
    Code(
        "KX606",
        "Function cannot be locked",
        "A migration's function has no source that can be checked: a lambda, or an import.",
        "Define it with `def` at the top level of the migration's own file.",
    ),
    Code(
        "KX607",
        "Migrations form no history",
        "A migration follows one that does not exist, or follows itself in a circle.",
        "Correct `follows` in the files named.",
    ),
    Code(
        "KX608",
        "Several heads",
        "Two branches each added a migration after the same one.",
        "Join them with `kxmodel makemigration --merge`.",
    ),
    Code(
        "KX609",
        "Branches contradict each other",
        "Two branches change the same thing, so that the result depends on which runs first.",
        "Decide for one: remove the other's operation, or make it follow the first.",
    ),
    Code(
        "KX610",
        "Schemas changed without a migration",
        "The state that the migrations add up to is not what the schemas say.",
        "Run `kxmodel makemigration`.",
    ),
    Code(
        "KX611",
        "No such migration",
        "A target is a revision, its number, +N or -N, and must name exactly one migration.",
        "Choose one of the revisions named in the message.",
    ),
    Code(
        "KX612",
        "Schema of a digest unknown",
        "An operation names a schema by its digest, and no file holds the schema.",
        "Name the digest of a schema in the schemas folder, as `kxmodel makemigration` writes it.",
    ),
    Code(
        "KX613",
        "Change needs another way",
        "The schemas changed in a way that no migration leads to while the table is used.",
        "Follow the way that the message names.",
    ),
    Code(
        "KX614",
        "Change needs an outage",
        "A key template, projection or key changed in place; readers would see a mixture.",
        "Declare a new index beside the old, or plan it in place with --allow-outage.",
    ),
    Code(
        "KX615",
        "New required attribute",
        "Stored items lack an attribute that the schema now requires, and it has no default.",
        "Give it a default, or make it optional, fill it by a migration, and require it then.",
    ),
)
