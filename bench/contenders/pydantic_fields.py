"""A message for pydantic, with the constraints of KxGen's schema."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from kxgen import stamp
from pydantic import BaseModel, Field, PlainSerializer

Instant = Annotated[datetime, PlainSerializer(stamp)]
Name = Annotated[str, Field(min_length=1, max_length=128)]
Address = Annotated[str, Field(min_length=2, max_length=64)]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{1,14}$")]
Ulid = Annotated[str, Field(pattern=r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
Fraction = Annotated[float, Field(ge=0, le=1)]
Email = Annotated[str, Field(min_length=1, max_length=254)]


class SmsContext(BaseModel):
    phoneNumber: Phone | None = None
    provider: str | None = None
    segments: Annotated[int, Field(ge=1)] | None = None


class EmailContext(BaseModel):
    subject: str | None = None
    emailAddress: Email | None = None
    provider: str | None = None
    threadId: str | None = None


class ChatContext(BaseModel):
    sessionId: str | None = None
    clientId: str | None = None
    userAgent: str | None = None
    ipAddress: Address | None = None


class ApiContext(BaseModel):
    clientId: str | None = None
    requestId: str | None = None
    endpoint: str | None = None
    apiVersion: str | None = None
    ipAddress: Address | None = None


class VoiceContext(BaseModel):
    callId: str | None = None
    phoneNumber: Phone | None = None
    provider: str | None = None
    durationSeconds: Annotated[float, Field(ge=0)] | None = None
    recordingUrl: str | None = None
    transcriptionConfidence: Fraction | None = None


class SocialContext(BaseModel):
    platform: str | None = None
    userId: str | None = None
    username: str | None = None
    threadId: str | None = None
    postId: str | None = None
    url: str | None = None


class ChannelContext(BaseModel):
    sms: SmsContext | None = None
    email: EmailContext | None = None
    chat: ChatContext | None = None
    api: ApiContext | None = None
    voice: VoiceContext | None = None
    social: SocialContext | None = None


class DetectedIntent(BaseModel):
    id: str | None = None
    confidence: Fraction | None = None
    category: str | None = None


class Sentiment(BaseModel):
    score: Annotated[float, Field(ge=-1, le=1)] | None = None
    label: str | None = None
    confidence: Fraction | None = None


class MessageMeta(BaseModel):
    model: str | None = None
    processingTimeMs: Annotated[int, Field(ge=0)] | None = None
    detectedIntent: DetectedIntent | None = None
    sentiment: Sentiment | None = None
    triggeredByMessage: Ulid | None = None
    processedAt: Instant | None = None


class MessageFields(BaseModel):
    contact_pk: str
    ts: Ulid
    tenantId: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^#]+$")]
    email_lc: Annotated[str, Field(min_length=1, max_length=254, pattern=r"^[^A-Z]+$")]
    source: Literal["sms", "email", "chat", "api", "voice", "social"]
    direction: Literal["inbound", "outbound"]
    text: str
    conversation_id: Name | None = None
    lead_id: Name | None = None
    channel_context: ChannelContext | None = None
    meta: MessageMeta | None = None
    GSI1PK: str | None = None
    GSI1SK: str | None = None
    GSI2PK: str | None = None
    GSI2SK: str | None = None
    created_at: Instant
    updated_at: Instant

    def model_dump(self, **kwargs: Any) -> dict[str, Any]:
        """Without None, which would be stored."""
        return super().model_dump(exclude_none=True, **kwargs)


def with_keys(values: dict[str, Any]) -> dict[str, Any]:
    """What a program holds, with keys and update time."""
    tenant, ts, lead = values["tenantId"], values["ts"], values["lead_id"]
    return {
        **values,
        "contact_pk": f"{tenant}#{values['email_lc']}",
        "GSI1PK": tenant,
        "GSI1SK": ts,
        "GSI2PK": lead,
        "GSI2SK": ts,
        "updated_at": datetime.now(UTC),
    }
