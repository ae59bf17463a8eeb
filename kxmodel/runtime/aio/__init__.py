"""`Model.aio`: access patterns and item operations for asyncio, in threads.

PynamoDB and botocore block, so every operation runs in a thread of a bounded pool that belongs to
the binding; nothing of asyncio is imported before the first one.
"""

from kxmodel.runtime.aio.model import Aio

__all__ = ["Aio"]
