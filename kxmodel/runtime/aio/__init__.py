"""`Model.aio`: access patterns and item operations for asyncio, in threads.

PynamoDB and botocore block, so every operation runs in a thread of a bounded pool that belongs to
the binding (`aio_workers` of `kxmodel.bind`); nothing of asyncio is imported before the first one.
The way into a thread and back costs some 50 microseconds a call, less than asyncio's own
`to_thread`; bench/aio_cost.py measures it.
"""

from kxmodel.runtime.aio.model import Aio

__all__ = ["Aio"]
