"""Hold every item against its schema, and report what it does not allow; nothing is changed.

E-mail addresses that are not lower case are among the findings. They are part of the primary key, so
correcting one moves its item: that is a decision to take for each (see op.Rekey).
"""

from kxmodel.migrate import Migration
from kxmodel.migrate import operations as op

migration = Migration(
    revision="0009_validate_items",
    follows="0008_normalise_phones",
    operations=[
        op.ValidateItems("leads"),
        op.ValidateItems("messages"),
        op.ValidateItems("personas"),
    ],
)
