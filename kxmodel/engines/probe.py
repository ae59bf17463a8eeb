"""Asks an endpoint one DynamoDB question, without an SDK."""

from __future__ import annotations

import http.client
import json

#: A signature of nobody: local engines read no more of it than the region and the service.
_AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0"
)


def answers(host: str, port: int, *, timeout: float) -> bool:
    """True when ListTables is answered with a list of tables within `timeout` seconds."""
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request(
            "POST",
            "/",
            body=b"{}",
            headers={
                "X-Amz-Target": "DynamoDB_20120810.ListTables",
                "X-Amz-Date": "20260101T000000Z",
                "Content-Type": "application/x-amz-json-1.0",
                "Authorization": _AUTHORIZATION,
            },
        )
        reply = connection.getresponse()
        body = json.loads(reply.read())
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return reply.status == 200 and isinstance(body, dict) and "TableNames" in body
