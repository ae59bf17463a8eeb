"""The reference: pages made from kxmodel's own code, for kxmodel's own site."""

from kxmodel.site.reference.pages import pages

__all__ = ["pages"]
