"""Items made up: valid by the schema, keys rendered, from any source of chance. Pure.

The exporter `samples` seeds it, and the strategies of `kxmodel.testing` let hypothesis choose.
"""

from kxmodel.samples.kind import Kind, NoSample
from kxmodel.samples.make import make_item

__all__ = ["Kind", "NoSample", "make_item"]
