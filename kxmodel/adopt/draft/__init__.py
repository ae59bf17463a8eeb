"""An observed table -> a schema file that lints, and recognises the items that were observed."""

from kxmodel.adopt.draft.draft import Draft, make_drafts

__all__ = ["Draft", "make_drafts"]
