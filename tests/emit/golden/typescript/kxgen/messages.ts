// Exported by kxmodel from schemas/messages.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/**
 * Messages.
 *
 * All inbound and outbound messages in conversations: the complete conversation history, and what
 * analytics are made of. One item is one message; the messages of one contact are one item
 * collection, in the order in which they were written.
 *
 * Decisions. `ts` is a strict ULID, and `created_at` is exactly the time inside it. The sample in
 * KxGen's own documentation, 01HKQR5J9X8M2N3P4Q5R6S7T8U, ends in U, which is not in Crockford's
 * base 32, and its time lies six days before the item's `created_at`; the example here is a valid
 * one whose time is 2024-01-15T10:30:00.000Z. An item that is already stored with such a value is
 * read whole, and validation reports it. Timestamps are ISO 8601 in UTC with milliseconds and Z. A
 * message without a lead is not in GSI2. A value is limited to a list only where KxGen's
 * documentation gives the list.
 */

import * as kx from "./runtime/index.js";

/** Channel-specific metadata: one member, named like the message's `source`. */
export interface ChannelContext {
  /** Where a text message came from or went to. */
  sms?: SmsContext;
  /** The e-mail that carried the message. */
  email?: EmailContext;
  /** The chat session in which the message was written. */
  chat?: ChatContext;
  /** The API call by which another system handed the message over. */
  api?: ApiContext;
  /** The phone call in which the message was spoken; `text` is its transcript. */
  voice?: VoiceContext;
  /** The social network on which the message was written. */
  social?: SocialContext;
}

/**
 * Message metadata (processing time, intent, sentiment): what the agent found out about a message,
 * or how it made its answer.
 */
export interface MessageMeta {
  /** Identifier of the language model that was used. */
  model?: string;
  /** How long processing took, in milliseconds. minimum: `0`. */
  processingTimeMs?: number;
  /** What the contact wants, as far as the agent can tell. */
  detectedIntent?: DetectedIntent;
  /** The mood of the message. */
  sentiment?: Sentiment;
  /** `ts` of the message that this one answers. */
  triggeredByMessage?: string;
  /** When processing ended: ISO 8601 timestamp in UTC with milliseconds and Z. */
  processedAt?: string;
}

/** Where a text message came from or went to. */
export interface SmsContext {
  /** The contact's phone number in E.164 form. Personal data. */
  phoneNumber?: string;
  /** Service that carried the message. */
  provider?: string;
  /**
   * Number of SMS segments the text was split into, which is what providers charge for. minimum:
   * `1`.
   */
  segments?: number;
}

/** The e-mail that carried the message. */
export interface EmailContext {
  /** Subject line. Personal data. */
  subject?: string;
  /**
   * The contact's e-mail address in this exchange. format: `email`. minLength: `1`. maxLength:
   * `254`. Personal data.
   */
  emailAddress?: string;
  /** Service that carried the message. */
  provider?: string;
  /** The provider's identifier of the e-mail thread; a reply goes to the same thread. */
  threadId?: string;
}

/** The chat session in which the message was written. */
export interface ChatContext {
  /** Identifier of the chat session. */
  sessionId?: string;
  /** The client application that the contact wrote with. */
  clientId?: string;
  /** User agent of the contact's browser. */
  userAgent?: string;
  /** The contact's address, IPv4 or IPv6. minLength: `2`. maxLength: `64`. Personal data. */
  ipAddress?: string;
}

/** The API call by which another system handed the message over. */
export interface ApiContext {
  /** The system that called. */
  clientId?: string;
  /** Identifier of the call, to find it in the logs. */
  requestId?: string;
  /** The path that was called. */
  endpoint?: string;
  /** Version of the API that was called. */
  apiVersion?: string;
  /** Address the call came from, IPv4 or IPv6. minLength: `2`. maxLength: `64`. Personal data. */
  ipAddress?: string;
}

/** The phone call in which the message was spoken; `text` is its transcript. */
export interface VoiceContext {
  /** The provider's identifier of the call. */
  callId?: string;
  /** The contact's phone number in E.164 form. Personal data. */
  phoneNumber?: string;
  /** Service that carried the call. */
  provider?: string;
  /** Length of the recording, in seconds. minimum: `0`. */
  durationSeconds?: number;
  /** Where the recording is kept. format: `uri`. Personal data. */
  recordingUrl?: string;
  /** How sure the transcription is of its words, from 0 to 1. minimum: `0`. maximum: `1`. */
  transcriptionConfidence?: number;
}

/** The social network on which the message was written. */
export interface SocialContext {
  /** The network. */
  platform?: string;
  /** The network's identifier of the contact. Personal data. */
  userId?: string;
  /** The name under which the contact writes there. Personal data. */
  username?: string;
  /** The network's identifier of the private conversation. */
  threadId?: string;
  /** The post that a public comment belongs to; absent for a private message. */
  postId?: string;
  /** Address at which the message can be seen. format: `uri`. */
  url?: string;
}

/** What the contact wants, as far as the agent can tell. */
export interface DetectedIntent {
  /** Identifier of the intent, as in the persona's `intentCapturing`. */
  id?: string;
  /** How sure the agent is, from 0 to 1. minimum: `0`. maximum: `1`. */
  confidence?: number;
  /** The kind of intent. */
  category?: string;
}

/** The mood of the message. */
export interface Sentiment {
  /** From -1 (negative) over 0 (neutral) to 1 (positive). minimum: `-1`. maximum: `1`. */
  score?: number;
  /** The score in a word. */
  label?: string;
  /** How sure the agent is, from 0 to 1. minimum: `0`. maximum: `1`. */
  confidence?: number;
}

/**
 * Messages.
 *
 * All inbound and outbound messages in conversations: the complete conversation history, and what
 * analytics are made of. One item is one message; the messages of one contact are one item
 * collection, in the order in which they were written.
 *
 * Decisions. `ts` is a strict ULID, and `created_at` is exactly the time inside it. The sample in
 * KxGen's own documentation, 01HKQR5J9X8M2N3P4Q5R6S7T8U, ends in U, which is not in Crockford's
 * base 32, and its time lies six days before the item's `created_at`; the example here is a valid
 * one whose time is 2024-01-15T10:30:00.000Z. An item that is already stored with such a value is
 * read whole, and validation reports it. Timestamps are ISO 8601 in UTC with milliseconds and Z. A
 * message without a lead is not in GSI2. A value is limited to a list only where KxGen's
 * documentation gives the list.
 *
 * Other attributes may be there.
 */
export interface Message {
  /**
   * Contact identifier: `${tenantId}#${email_lc}`. Partition key of the table; derived, never
   * given. Personal data.
   */
  readonly contact_pk: string;
  /**
   * Timestamp (ULID for time-ordered uniqueness). Sort key of the table. A new message gets the
   * next ULID of its process, so that messages of one millisecond keep their order; the time inside
   * it is `created_at`: given one, the other is derived; given both, a disagreement is refused on
   * create.
   */
  readonly ts: string;
  /**
   * Tenant identifier for data isolation: the first part of every key that belongs to one tenant.
   * It must not contain '#', which ends it inside a key. pattern: `^[^#]+$`. minLength: `1`.
   * maxLength: `128`.
   */
  tenantId: string;
  /**
   * Lowercase email address of the contact. Capitals are lowered on every write, so that one
   * mailbox is one conversation. pattern: `^[^A-Z]+$`. minLength: `1`. maxLength: `254`. Personal
   * data.
   */
  email_lc: string;
  /**
   * Message channel: `sms`, `email`, `chat`, `api`, `voice`, `social`. The member of
   * `channel_context` with the same name tells more.
   */
  source: "sms" | "email" | "chat" | "api" | "voice" | "social";
  /** Message direction: `inbound` from the contact, `outbound` to the contact. */
  direction: "inbound" | "outbound";
  /**
   * Message content/text, as it was received or sent. It may be empty, for instance where a picture
   * came without words. Personal data.
   */
  text: string;
  /** Optional conversation grouping identifier. minLength: `1`. maxLength: `128`. */
  conversation_id?: string;
  /**
   * Optional lead identifier (if associated). It is unique within its tenant only. Removing it
   * takes the message out of GSI2. minLength: `1`. maxLength: `128`.
   */
  lead_id?: string;
  /** Channel-specific metadata: one member, named like the message's `source`. */
  channel_context?: ChannelContext;
  /**
   * Message metadata (processing time, intent, sentiment): what the agent found out about a
   * message, or how it made its answer.
   */
  meta?: MessageMeta;
  /** Tenant ID (for GSI1). Derived from `tenantId`, never given. Derived: `${tenantId}`. */
  readonly GSI1PK?: string;
  /** Timestamp (for GSI1). Derived from `ts`, never given. Derived: `${ts}`. */
  readonly GSI1SK?: string;
  /**
   * Lead ID (for GSI2). Derived from `lead_id`, never given; absent where the message has no lead.
   * Derived: `${lead_id}`.
   */
  readonly GSI2PK?: string;
  /**
   * Timestamp (for GSI2). Derived from `ts`, never given; absent where the message has no lead.
   * Derived: `${ts}`.
   */
  readonly GSI2SK?: string;
  /**
   * ISO 8601 timestamp of the message, in UTC with milliseconds and Z: exactly the time inside
   * `ts`.
   */
  readonly created_at: string;
  /**
   * When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. Set by every
   * write.
   */
  readonly updated_at: string;
}

/** What is given to create an item of Message: keys are derived. */
export interface MessageInput {
  /**
   * Timestamp (ULID for time-ordered uniqueness). Sort key of the table. A new message gets the
   * next ULID of its process, so that messages of one millisecond keep their order; the time inside
   * it is `created_at`: given one, the other is derived; given both, a disagreement is refused on
   * create.
   */
  ts?: string;
  /**
   * Tenant identifier for data isolation: the first part of every key that belongs to one tenant.
   * It must not contain '#', which ends it inside a key. pattern: `^[^#]+$`. minLength: `1`.
   * maxLength: `128`.
   */
  tenantId: string;
  /**
   * Lowercase email address of the contact. Capitals are lowered on every write, so that one
   * mailbox is one conversation. pattern: `^[^A-Z]+$`. minLength: `1`. maxLength: `254`. Personal
   * data.
   */
  email_lc: string;
  /**
   * Message channel: `sms`, `email`, `chat`, `api`, `voice`, `social`. The member of
   * `channel_context` with the same name tells more.
   */
  source: "sms" | "email" | "chat" | "api" | "voice" | "social";
  /** Message direction: `inbound` from the contact, `outbound` to the contact. */
  direction: "inbound" | "outbound";
  /**
   * Message content/text, as it was received or sent. It may be empty, for instance where a picture
   * came without words. Personal data.
   */
  text: string;
  /** Optional conversation grouping identifier. minLength: `1`. maxLength: `128`. */
  conversation_id?: string;
  /**
   * Optional lead identifier (if associated). It is unique within its tenant only. Removing it
   * takes the message out of GSI2. minLength: `1`. maxLength: `128`.
   */
  lead_id?: string;
  /** Channel-specific metadata: one member, named like the message's `source`. */
  channel_context?: ChannelContext;
  /**
   * Message metadata (processing time, intent, sentiment): what the agent found out about a
   * message, or how it made its answer.
   */
  meta?: MessageMeta;
  /**
   * ISO 8601 timestamp of the message, in UTC with milliseconds and Z: exactly the time inside
   * `ts`.
   */
  readonly created_at?: string;
  /**
   * When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. Set by every
   * write.
   */
  updated_at?: string;
}

const MESSAGE_CONTACT_PK = new kx.Template("${tenantId}#${email_lc}", "", [
  kx.part("tenantId", "#", { delimiter: "#" }),
  kx.part("email_lc", "", { kind: "email" }),
]);
const MESSAGE_TS = new kx.Template("${ts}", "", [kx.part("ts", "", { kind: "ulid" })]);
const MESSAGE_GSI1_PK = new kx.Template("${tenantId}", "", [kx.part("tenantId", "")]);
const MESSAGE_GSI2_PK = new kx.Template("${lead_id}", "", [kx.part("lead_id", "")]);

/** What the keys of Message are made of. */
export type MessageSources = {
  readonly tenantId?: kx.Maybe<string>;
  readonly email_lc?: kx.Maybe<string>;
  readonly ts?: kx.Maybe<string>;
  readonly lead_id?: kx.Maybe<string>;
};

/**
 * The table's key: contact_pk `${tenantId}#${email_lc}`, ts `${ts}`. Throws KeyRefused for a source
 * that is missing or cannot be part of a key.
 */
export function messageKey(
  item: { readonly tenantId: string; readonly email_lc: string; readonly ts: string },
): { readonly contact_pk: string; readonly ts: string } {
  const a = kx.textKey("contact_pk", "hash", MESSAGE_CONTACT_PK, item);
  if (a === undefined) throw kx.missing("Message", [MESSAGE_CONTACT_PK, MESSAGE_TS], item);
  const b = kx.textKey("ts", "range", MESSAGE_TS, item);
  if (b === undefined) throw kx.missing("Message", [MESSAGE_CONTACT_PK, MESSAGE_TS], item);
  return { contact_pk: a, ts: b };
}

/**
 * The key in index GSI1: GSI1PK `${tenantId}`, GSI1SK `${ts}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function messageGsi1(
  item: MessageSources,
): { readonly GSI1PK: string; readonly GSI1SK: string } | undefined {
  const a = kx.textKey("GSI1PK", "hash", MESSAGE_GSI1_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI1SK", "range", MESSAGE_TS, item);
  if (b === undefined) return undefined;
  return { GSI1PK: a, GSI1SK: b };
}

/**
 * The key in index GSI2: GSI2PK `${lead_id}`, GSI2SK `${ts}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function messageGsi2(
  item: MessageSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", MESSAGE_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", MESSAGE_TS, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Message. */
export function explainMessage(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Message", undefined, "contact_pk", MESSAGE_CONTACT_PK, key),
    ...kx.explained("Message", undefined, "ts", MESSAGE_TS, key),
    ...kx.explained("Message", "GSI1", "GSI1PK", MESSAGE_GSI1_PK, key),
    ...kx.explained("Message", "GSI1", "GSI1SK", MESSAGE_TS, key),
    ...kx.explained("Message", "GSI2", "GSI2PK", MESSAGE_GSI2_PK, key),
    ...kx.explained("Message", "GSI2", "GSI2SK", MESSAGE_TS, key),
  ];
}

const QUERY_MESSAGE_CONVERSATION: kx.Pattern = {
  table: "messages",
  hash: [["contact_pk", "S", MESSAGE_CONTACT_PK]],
  range: [["ts", "S"]],
  returns: [[MESSAGE_TS]],
  given: [["tenantId", "as-is"], ["email_lc", "email"]],
  over: ["ts", "ulid"],
  forward: false,
  limit: 50,
};

/**
 * What was said in the conversation with a contact?
 *
 * Get Conversation History: the messages of one contact over all channels, most recent first.
 *
 * Reads the table, descending. `range` narrows `ts`.
 */
export function queryMessageConversation(
  given: { readonly tenantId: string; readonly email_lc: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { tenantId: given.tenantId, email_lc: given.email_lc };
  return kx.query(QUERY_MESSAGE_CONVERSATION, item, options, options.range);
}

const QUERY_MESSAGE_RECENT: kx.Pattern = {
  table: "messages",
  index: "GSI1",
  hash: [["GSI1PK", "S", MESSAGE_GSI1_PK]],
  range: [["GSI1SK", "S"]],
  returns: [[MESSAGE_TS]],
  given: [["tenantId", "as-is"]],
  over: ["ts", "ulid"],
  forward: false,
  limit: 100,
};

/**
 * What happened lately at a tenant?
 *
 * Recent Messages Across All Contacts: the messages of a tenant over all contacts and channels,
 * most recent first.
 *
 * Reads index GSI1, descending. `range` narrows `ts`.
 */
export function queryMessageRecent(
  given: { readonly tenantId: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { tenantId: given.tenantId };
  return kx.query(QUERY_MESSAGE_RECENT, item, options, options.range);
}

const QUERY_MESSAGE_BY_LEAD: kx.Pattern = {
  table: "messages",
  index: "GSI2",
  hash: [["GSI2PK", "S", MESSAGE_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[MESSAGE_TS]],
  given: [["tenantId", "as-is"], ["lead_id", "as-is"]],
  filter: ["tenantId"],
  over: ["ts", "ulid"],
  forward: false,
  limit: 100,
};

/**
 * Which messages belong to a lead?
 *
 * All messages of one lead, most recent first. Lead ids are unique within a tenant only: messages
 * of another tenant that uses the same id are left out, and do not count towards the limit.
 *
 * Reads index GSI2, descending. `range` narrows `ts`.
 */
export function queryMessageByLead(
  given: { readonly tenantId: string; readonly lead_id: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { tenantId: given.tenantId, lead_id: given.lead_id };
  return kx.query(QUERY_MESSAGE_BY_LEAD, item, options, options.range);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainMessage(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "messages",
  entities: {
    Message: {
      key: messageKey,
      indexes: { GSI1: messageGsi1, GSI2: messageGsi2 },
      queries: {
        conversation: queryMessageConversation,
        recent: queryMessageRecent,
        by_lead: queryMessageByLead,
      },
      explain: explainMessage,
    },
  },
  explain,
} as const;
