"""Dataclasses of a message for boto3, which reads into dictionaries with numbers as Decimal."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from kxgen import instant, stamp


@dataclass(slots=True)
class SmsContext:
    phoneNumber: str | None = None
    provider: str | None = None
    segments: int | None = None


@dataclass(slots=True)
class EmailContext:
    subject: str | None = None
    emailAddress: str | None = None
    provider: str | None = None
    threadId: str | None = None


@dataclass(slots=True)
class ChatContext:
    sessionId: str | None = None
    clientId: str | None = None
    userAgent: str | None = None
    ipAddress: str | None = None


@dataclass(slots=True)
class ApiContext:
    clientId: str | None = None
    requestId: str | None = None
    endpoint: str | None = None
    apiVersion: str | None = None
    ipAddress: str | None = None


@dataclass(slots=True)
class VoiceContext:
    callId: str | None = None
    phoneNumber: str | None = None
    provider: str | None = None
    durationSeconds: float | None = None
    recordingUrl: str | None = None
    transcriptionConfidence: float | None = None


@dataclass(slots=True)
class SocialContext:
    platform: str | None = None
    userId: str | None = None
    username: str | None = None
    threadId: str | None = None
    postId: str | None = None
    url: str | None = None


@dataclass(slots=True)
class ChannelContext:
    sms: SmsContext | None = None
    email: EmailContext | None = None
    chat: ChatContext | None = None
    api: ApiContext | None = None
    voice: VoiceContext | None = None
    social: SocialContext | None = None


@dataclass(slots=True)
class DetectedIntent:
    id: str | None = None
    confidence: float | None = None
    category: str | None = None


@dataclass(slots=True)
class Sentiment:
    score: float | None = None
    label: str | None = None
    confidence: float | None = None


@dataclass(slots=True)
class MessageMeta:
    model: str | None = None
    processingTimeMs: int | None = None
    detectedIntent: DetectedIntent | None = None
    sentiment: Sentiment | None = None
    triggeredByMessage: str | None = None
    processedAt: datetime | None = None


@dataclass(slots=True)
class Message:
    contact_pk: str
    ts: str
    tenantId: str
    email_lc: str
    source: str
    direction: str
    text: str
    created_at: datetime
    updated_at: datetime
    conversation_id: str | None = None
    lead_id: str | None = None
    channel_context: ChannelContext | None = None
    meta: MessageMeta | None = None
    GSI1PK: str | None = None
    GSI1SK: str | None = None
    GSI2PK: str | None = None
    GSI2SK: str | None = None


_CONTEXTS = {
    "sms": SmsContext,
    "email": EmailContext,
    "chat": ChatContext,
    "api": ApiContext,
    "voice": VoiceContext,
    "social": SocialContext,
}


def _numbers(given: dict[str, Any]) -> dict[str, Any]:
    """Decimals as the int or float that they are."""
    return {
        name: (int(value) if value == value.to_integral_value() else float(value))
        if type(value) is Decimal
        else value
        for name, value in given.items()
    }


def read(item: dict[str, Any]) -> Message:
    """The message of an item as boto3 reads it."""
    given = dict(item)
    if (context := given.get("channel_context")) is not None:
        given["channel_context"] = ChannelContext(
            **{name: _CONTEXTS[name](**_numbers(value)) for name, value in context.items()}
        )
    if (meta := given.get("meta")) is not None:
        meta = _numbers(meta)
        if (intent := meta.get("detectedIntent")) is not None:
            meta["detectedIntent"] = DetectedIntent(**_numbers(intent))
        if (sentiment := meta.get("sentiment")) is not None:
            meta["sentiment"] = Sentiment(**_numbers(sentiment))
        if (processed := meta.get("processedAt")) is not None:
            meta["processedAt"] = instant(processed)
        given["meta"] = MessageMeta(**meta)
    given["created_at"] = instant(given["created_at"])
    given["updated_at"] = instant(given["updated_at"])
    return Message(**given)


def make(values: dict[str, Any]) -> Message:
    """A new message with its keys, from what a program holds."""
    given = dict(values)
    context, meta = values["channel_context"], dict(values["meta"])
    given["channel_context"] = ChannelContext(**{n: _CONTEXTS[n](**v) for n, v in context.items()})
    meta["detectedIntent"] = DetectedIntent(**meta["detectedIntent"])
    meta["sentiment"] = Sentiment(**meta["sentiment"])
    if (processed := meta.get("processedAt")) is not None:
        meta["processedAt"] = instant(processed)
    given["meta"] = MessageMeta(**meta)
    tenant, ts, lead = given["tenantId"], given["ts"], given["lead_id"]
    given["contact_pk"] = f"{tenant}#{given['email_lc']}"
    given |= {"GSI1PK": tenant, "GSI1SK": ts, "GSI2PK": lead, "GSI2SK": ts}
    return Message(**given, updated_at=datetime.now(UTC))


_NAMES = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (
        Message,
        ChannelContext,
        MessageMeta,
        DetectedIntent,
        Sentiment,
        *_CONTEXTS.values(),
    )
}


def write(record: Any) -> dict[str, Any]:
    """A record as boto3 wants it: no None, numbers as Decimal, times as text."""
    item: dict[str, Any] = {}
    for name in _NAMES[type(record)]:
        value = getattr(record, name)
        kind = type(value)
        if value is None:
            continue
        if kind is str or kind is int:
            item[name] = value
        elif kind is float:
            item[name] = Decimal(repr(value))
        elif kind is datetime:
            item[name] = stamp(value)
        else:
            item[name] = write(value)
    return item
