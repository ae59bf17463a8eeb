"""A model for PynamoDB 6 as one writes it by hand, keys and update time too. Nothing is validated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kxgen import CONTACT, TABLE, instant, stamp
from pynamodb.attributes import Attribute, MapAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.constants import STRING
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

from contenders import REGION, Contender

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class InstantAttribute(Attribute[datetime]):
    """A time as KxGen stores it, which PynamoDB's own attribute does not read."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        return stamp(value)

    def deserialize(self, value: str) -> datetime:
        return instant(value)


class SmsContext(MapAttribute):
    phone_number = UnicodeAttribute(attr_name="phoneNumber", null=True)
    provider = UnicodeAttribute(null=True)
    segments = NumberAttribute(null=True)


class EmailContext(MapAttribute):
    subject = UnicodeAttribute(null=True)
    email_address = UnicodeAttribute(attr_name="emailAddress", null=True)
    provider = UnicodeAttribute(null=True)
    thread_id = UnicodeAttribute(attr_name="threadId", null=True)


class ChatContext(MapAttribute):
    session_id = UnicodeAttribute(attr_name="sessionId", null=True)
    client_id = UnicodeAttribute(attr_name="clientId", null=True)
    user_agent = UnicodeAttribute(attr_name="userAgent", null=True)
    ip_address = UnicodeAttribute(attr_name="ipAddress", null=True)


class ApiContext(MapAttribute):
    client_id = UnicodeAttribute(attr_name="clientId", null=True)
    request_id = UnicodeAttribute(attr_name="requestId", null=True)
    endpoint = UnicodeAttribute(null=True)
    api_version = UnicodeAttribute(attr_name="apiVersion", null=True)
    ip_address = UnicodeAttribute(attr_name="ipAddress", null=True)


class VoiceContext(MapAttribute):
    call_id = UnicodeAttribute(attr_name="callId", null=True)
    phone_number = UnicodeAttribute(attr_name="phoneNumber", null=True)
    provider = UnicodeAttribute(null=True)
    duration_seconds = NumberAttribute(attr_name="durationSeconds", null=True)
    recording_url = UnicodeAttribute(attr_name="recordingUrl", null=True)
    transcription_confidence = NumberAttribute(attr_name="transcriptionConfidence", null=True)


class SocialContext(MapAttribute):
    platform = UnicodeAttribute(null=True)
    user_id = UnicodeAttribute(attr_name="userId", null=True)
    username = UnicodeAttribute(null=True)
    thread_id = UnicodeAttribute(attr_name="threadId", null=True)
    post_id = UnicodeAttribute(attr_name="postId", null=True)
    url = UnicodeAttribute(null=True)


class ChannelContext(MapAttribute):
    sms = SmsContext(null=True)
    email = EmailContext(null=True)
    chat = ChatContext(null=True)
    api = ApiContext(null=True)
    voice = VoiceContext(null=True)
    social = SocialContext(null=True)


class DetectedIntent(MapAttribute):
    id = UnicodeAttribute(null=True)
    confidence = NumberAttribute(null=True)
    category = UnicodeAttribute(null=True)


class Sentiment(MapAttribute):
    score = NumberAttribute(null=True)
    label = UnicodeAttribute(null=True)
    confidence = NumberAttribute(null=True)


class MessageMeta(MapAttribute):
    model = UnicodeAttribute(null=True)
    processing_time_ms = NumberAttribute(attr_name="processingTimeMs", null=True)
    detected_intent = DetectedIntent(attr_name="detectedIntent", null=True)
    sentiment = Sentiment(null=True)
    triggered_by_message = UnicodeAttribute(attr_name="triggeredByMessage", null=True)
    processed_at = InstantAttribute(attr_name="processedAt", null=True)


class GSI1(GlobalSecondaryIndex):
    class Meta:
        index_name = "GSI1"
        projection = AllProjection()

    gsi1_pk = UnicodeAttribute(hash_key=True, attr_name="GSI1PK")
    gsi1_sk = UnicodeAttribute(range_key=True, attr_name="GSI1SK")


class GSI2(GlobalSecondaryIndex):
    class Meta:
        index_name = "GSI2"
        projection = AllProjection()

    gsi2_pk = UnicodeAttribute(hash_key=True, attr_name="GSI2PK")
    gsi2_sk = UnicodeAttribute(range_key=True, attr_name="GSI2SK")


class Message(Model):
    class Meta:
        table_name = TABLE
        region = REGION

    contact_pk = UnicodeAttribute(hash_key=True)
    ts = UnicodeAttribute(range_key=True)
    tenant_id = UnicodeAttribute(attr_name="tenantId")
    email_lc = UnicodeAttribute()
    source = UnicodeAttribute()
    direction = UnicodeAttribute()
    text = UnicodeAttribute()
    conversation_id = UnicodeAttribute(null=True)
    lead_id = UnicodeAttribute(null=True)
    channel_context = ChannelContext(null=True)
    meta = MessageMeta(null=True)
    gsi1_pk = UnicodeAttribute(attr_name="GSI1PK", null=True)
    gsi1_sk = UnicodeAttribute(attr_name="GSI1SK", null=True)
    gsi2_pk = UnicodeAttribute(attr_name="GSI2PK", null=True)
    gsi2_sk = UnicodeAttribute(attr_name="GSI2SK", null=True)
    created_at = InstantAttribute()
    updated_at = InstantAttribute()

    gsi1 = GSI1()
    gsi2 = GSI2()


class Subject(Contender):
    def __init__(self, url: str) -> None:
        Message.Meta.host = url

    def query(self, count: int) -> Sequence[object]:
        return list(Message.query(CONTACT, limit=count, scan_index_forward=False))

    def get(self, ts: str) -> object:
        return Message.get(CONTACT, ts)

    def scan(self) -> Iterator[object]:
        return iter(Message.scan())

    def save(self, values: dict[str, Any]) -> object:
        message = self.make(values)
        message.save()
        return message

    def batch_write(self, values: Sequence[dict[str, Any]]) -> None:
        with Message.batch_write() as batch:
            for each in values:
                batch.save(self.make(each))

    def move(self, message: Any, lead: str) -> object:
        return message.update(
            actions=[
                Message.lead_id.set(lead),
                Message.gsi2_pk.set(lead),
                Message.gsi2_sk.set(message.ts),
                Message.updated_at.set(datetime.now(UTC)),
            ],
            condition=Message.contact_pk.exists(),
        )

    def make(self, values: dict[str, Any]) -> Message:
        tenant, email, ts = values["tenantId"], values["email_lc"], values["ts"]
        return Message(
            contact_pk=f"{tenant}#{email}",
            ts=ts,
            tenant_id=tenant,
            email_lc=email,
            source=values["source"],
            direction=values["direction"],
            text=values["text"],
            conversation_id=values["conversation_id"],
            lead_id=values["lead_id"],
            channel_context=_channel_context(values["channel_context"]),
            meta=_meta(values["meta"]),
            gsi1_pk=tenant,
            gsi1_sk=ts,
            gsi2_pk=values["lead_id"],
            gsi2_sk=ts,
            created_at=values["created_at"],
            updated_at=datetime.now(UTC),
        )

    def decode(self, stored: dict[str, Any]) -> object:
        return Message.from_raw_data(stored)

    def encode(self, message: Any) -> object:
        return message.serialize()


def _channel_context(given: dict[str, Any]) -> ChannelContext:
    chat = given["chat"]
    return ChannelContext(
        chat=ChatContext(
            session_id=chat["sessionId"],
            client_id=chat["clientId"],
            user_agent=chat.get("userAgent"),
            ip_address=chat.get("ipAddress"),
        )
    )


def _meta(given: dict[str, Any]) -> MessageMeta:
    intent, sentiment, processed = (
        given["detectedIntent"],
        given["sentiment"],
        given.get("processedAt"),
    )
    return MessageMeta(
        model=given.get("model"),
        processing_time_ms=given["processingTimeMs"],
        detected_intent=DetectedIntent(
            id=intent["id"], confidence=intent["confidence"], category=intent["category"]
        ),
        sentiment=Sentiment(
            score=sentiment["score"], label=sentiment["label"], confidence=sentiment["confidence"]
        ),
        triggered_by_message=given.get("triggeredByMessage"),
        processed_at=instant(processed) if processed else None,
    )
