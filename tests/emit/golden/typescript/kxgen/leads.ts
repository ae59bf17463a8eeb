// Exported by kxmodel from schemas/leads.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/**
 * Leads.
 *
 * Contact information, lead qualification, and phone number resolution. One item is one contact of
 * one tenant, known by its e-mail address.
 *
 * Decisions. A phone number is brought into E.164 form on every write, so that one number is one
 * key in GSI1, however it was written; no default region is declared, so a number without a country
 * code is refused. A lead without a phone number is not in GSI1, and one without a status is not in
 * GSI2. `qualification.status` is free text: KxGen's documentation names no closed list. Timestamps
 * are ISO 8601 in UTC with milliseconds and Z.
 */

import * as kx from "./runtime/index.js";

/** Contact details (name, phone, company, etc.). */
export interface ContactInfo {
  /** First name. Personal data. */
  firstName?: string;
  /** Last name. Personal data. */
  lastName?: string;
  /** The whole name, as the contact wants to be addressed. Personal data. */
  fullName?: string;
  /**
   * E-mail address of the contact, as it was written. The key is made from `email_lc`, not from
   * this. format: `email`. minLength: `1`. maxLength: `254`. Personal data.
   */
  email?: string;
  /**
   * Phone number in E.164 form: a plus sign, the country code and the number, digits only. The lead
   * is found by it in GSI1. Personal data.
   */
  phone?: string;
  /** The company the contact works for. */
  company?: string;
  /** The contact's position there. */
  title?: string;
  /** The channel on which the contact wants to be reached. */
  preferredChannel?: "sms" | "email" | "chat" | "api" | "voice" | "social";
  /**
   * The contact's time zone by its name in the IANA database. format: `timezone`. minLength: `1`.
   * maxLength: `64`.
   */
  timezone?: string;
  /** The contact's language as a BCP 47 tag. minLength: `2`. maxLength: `35`. */
  language?: string;
}

/** Lead scoring and status information. */
export interface Qualification {
  /** Lead score, from 0 to 100. minimum: `0`. maximum: `100`. */
  score?: number;
  /**
   * Where the lead stands in the pipeline. Leads are listed by it in GSI2; removing it takes the
   * lead out of that index. minLength: `1`. maxLength: `64`.
   */
  status?: string;
  /** Where the lead came from. */
  source?: string;
  /** The campaign that brought the lead. */
  campaign?: string;
  /** How interested the lead is, from 0 (not at all) to 1. minimum: `0`. maximum: `1`. */
  interestLevel?: number;
  /** How soon the lead wants to decide, from 0 (no hurry) to 1. minimum: `0`. maximum: `1`. */
  urgencyLevel?: number;
  /** What the lead can spend. */
  budget?: Budget;
  /** Whether the contact decides on the purchase. */
  decisionMaker?: boolean;
  /** When the lead wants to buy. */
  timeline?: string;
  /** Free remarks, oldest first. Personal data. */
  notes?: string[];
}

/** Communication and behavioral preferences. */
export interface Preferences {
  /** When, how often and about what the contact wants to hear. */
  communication?: CommunicationPreferences;
  /** What the contact is interested in. */
  interests?: string[];
  /** What the contact did so far, in numbers. */
  interactionHistory?: InteractionHistory;
}

/** What the lead can spend. */
export interface Budget {
  /** The range in words, with currency and period. */
  range?: string;
  /** Whether the budget is enough for an offer. */
  qualified?: boolean;
}

/** When, how often and about what the contact wants to hear. */
export interface CommunicationPreferences {
  /**
   * Times of day at which the contact wants to be reached, as HH:MM-HH:MM in the contact's time
   * zone.
   */
  preferredTimes?: string[];
  /** How often the contact wants to be reached. */
  frequency?: string;
  /** Channels or topics that the contact does not want to hear of. */
  optOuts?: string[];
}

/** What the contact did so far, in numbers. */
export interface InteractionHistory {
  /** Number of interactions so far. minimum: `0`. */
  totalInteractions?: number;
  /** When the contact was last active: ISO 8601 timestamp in UTC with milliseconds and Z. */
  lastInteraction?: string;
  /** The channel that the contact uses most. */
  primaryChannel?: "sms" | "email" | "chat" | "api" | "voice" | "social";
  /** How engaged the contact is, from 0 to 1. minimum: `0`. maximum: `1`. */
  engagementScore?: number;
}

/**
 * Leads.
 *
 * Contact information, lead qualification, and phone number resolution. One item is one contact of
 * one tenant, known by its e-mail address.
 *
 * Decisions. A phone number is brought into E.164 form on every write, so that one number is one
 * key in GSI1, however it was written; no default region is declared, so a number without a country
 * code is refused. A lead without a phone number is not in GSI1, and one without a status is not in
 * GSI2. `qualification.status` is free text: KxGen's documentation names no closed list. Timestamps
 * are ISO 8601 in UTC with milliseconds and Z.
 *
 * Other attributes may be there.
 */
export interface Lead {
  /**
   * Contact identifier: `${tenantId}#${email_lc}`. Partition key of the table; derived, never
   * given. Personal data.
   */
  readonly contact_pk: string;
  /** Sort key: `PROFILE` for main contact record. Derived, never given. */
  readonly sk: string;
  /**
   * Tenant identifier for data isolation: the first part of every key that belongs to one tenant.
   * It must not contain '#', which ends it inside a key. pattern: `^[^#]+$`. minLength: `1`.
   * maxLength: `128`.
   */
  tenantId: string;
  /**
   * Lowercase email address of the contact. Capitals are lowered on every write, so that one
   * mailbox is one lead. pattern: `^[^A-Z]+$`. minLength: `1`. maxLength: `254`. Personal data.
   */
  email_lc: string;
  /** Contact details (name, phone, company, etc.). */
  contactInfo?: ContactInfo;
  /** Lead scoring and status information. */
  qualification?: Qualification;
  /** Communication and behavioral preferences. */
  preferences?: Preferences;
  /**
   * `${tenantId}#${phone}` (for phone lookup). Derived from `tenantId` and `contactInfo.phone`,
   * never given; absent where the lead has no phone number. Derived:
   * `${tenantId}#${contactInfo.phone}`. Personal data.
   */
  readonly GSI1PK?: string;
  /** `PHONE_LOOKUP`. Derived, never given; absent where the lead has no phone number. */
  readonly GSI1SK?: string;
  /**
   * `${tenantId}#${status}` (for status queries). Derived from `tenantId` and
   * `qualification.status`, never given; absent where the lead has no status. Derived:
   * `${tenantId}#${qualification.status}`.
   */
  readonly GSI2PK?: string;
  /**
   * `created_at` timestamp. Derived, never given; absent where the lead has no status. Derived:
   * `${created_at}`.
   */
  readonly GSI2SK?: string;
  /**
   * When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. Set by the first
   * write.
   */
  readonly created_at: string;
  /**
   * When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. Set by every
   * write.
   */
  readonly updated_at: string;
  /** Who created the lead. minLength: `1`. maxLength: `256`. */
  created_by?: string;
  /** Who last updated the lead. minLength: `1`. maxLength: `256`. */
  updated_by?: string;
}

/** What is given to create an item of Lead: keys are derived. */
export interface LeadInput {
  /**
   * Tenant identifier for data isolation: the first part of every key that belongs to one tenant.
   * It must not contain '#', which ends it inside a key. pattern: `^[^#]+$`. minLength: `1`.
   * maxLength: `128`.
   */
  tenantId: string;
  /**
   * Lowercase email address of the contact. Capitals are lowered on every write, so that one
   * mailbox is one lead. pattern: `^[^A-Z]+$`. minLength: `1`. maxLength: `254`. Personal data.
   */
  email_lc: string;
  /** Contact details (name, phone, company, etc.). */
  contactInfo?: ContactInfo;
  /** Lead scoring and status information. */
  qualification?: Qualification;
  /** Communication and behavioral preferences. */
  preferences?: Preferences;
  /**
   * When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. Set by the first
   * write.
   */
  created_at?: string;
  /**
   * When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. Set by every
   * write.
   */
  updated_at?: string;
  /** Who created the lead. minLength: `1`. maxLength: `256`. */
  created_by?: string;
  /** Who last updated the lead. minLength: `1`. maxLength: `256`. */
  updated_by?: string;
}

const LEAD_CONTACT_PK = new kx.Template("${tenantId}#${email_lc}", "", [
  kx.part("tenantId", "#", { delimiter: "#" }),
  kx.part("email_lc", "", { kind: "email" }),
]);
const LEAD_SK = new kx.Template("PROFILE", "PROFILE", []);
const LEAD_GSI1_PK = new kx.Template("${tenantId}#${contactInfo.phone}", "", [
  kx.part("tenantId", "#", { delimiter: "#" }),
  kx.part("contactInfo.phone", "", { kind: "phone" }),
]);
const LEAD_GSI1_SK = new kx.Template("PHONE_LOOKUP", "PHONE_LOOKUP", []);
const LEAD_GSI2_PK = new kx.Template("${tenantId}#${qualification.status}", "", [
  kx.part("tenantId", "#", { delimiter: "#" }),
  kx.part("qualification.status", ""),
]);
const LEAD_GSI2_SK = new kx.Template("${created_at}", "", [
  kx.part("created_at", "", { kind: "timestamp" }),
]);

/** What the keys of Lead are made of. */
export type LeadSources = {
  readonly tenantId?: kx.Maybe<string>;
  readonly email_lc?: kx.Maybe<string>;
  readonly contactInfo?: kx.Maybe<{ readonly phone?: kx.Maybe<string> }>;
  readonly qualification?: kx.Maybe<{ readonly status?: kx.Maybe<string> }>;
  readonly created_at?: kx.Maybe<string | Date>;
};

/**
 * The table's key: contact_pk `${tenantId}#${email_lc}`, sk `PROFILE`. Throws KeyRefused for a
 * source that is missing or cannot be part of a key.
 */
export function leadKey(
  item: { readonly tenantId: string; readonly email_lc: string },
): { readonly contact_pk: string; readonly sk: string } {
  const a = kx.textKey("contact_pk", "hash", LEAD_CONTACT_PK, item);
  if (a === undefined) throw kx.missing("Lead", [LEAD_CONTACT_PK, LEAD_SK], item);
  const b = kx.textKey("sk", "range", LEAD_SK, item);
  if (b === undefined) throw kx.missing("Lead", [LEAD_CONTACT_PK, LEAD_SK], item);
  return { contact_pk: a, sk: b };
}

/**
 * The key in index GSI1: GSI1PK `${tenantId}#${contactInfo.phone}`, GSI1SK `PHONE_LOOKUP`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function leadGsi1(
  item: LeadSources,
): { readonly GSI1PK: string; readonly GSI1SK: string } | undefined {
  const a = kx.textKey("GSI1PK", "hash", LEAD_GSI1_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI1SK", "range", LEAD_GSI1_SK, item);
  if (b === undefined) return undefined;
  return { GSI1PK: a, GSI1SK: b };
}

/**
 * The key in index GSI2: GSI2PK `${tenantId}#${qualification.status}`, GSI2SK `${created_at}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function leadGsi2(
  item: LeadSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", LEAD_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", LEAD_GSI2_SK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Lead. */
export function explainLead(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Lead", undefined, "contact_pk", LEAD_CONTACT_PK, key),
    ...kx.explained("Lead", undefined, "sk", LEAD_SK, key),
    ...kx.explained("Lead", "GSI1", "GSI1PK", LEAD_GSI1_PK, key),
    ...kx.explained("Lead", "GSI1", "GSI1SK", LEAD_GSI1_SK, key),
    ...kx.explained("Lead", "GSI2", "GSI2PK", LEAD_GSI2_PK, key),
    ...kx.explained("Lead", "GSI2", "GSI2SK", LEAD_GSI2_SK, key),
  ];
}

const QUERY_LEAD_BY_PHONE: kx.Pattern = {
  table: "leads",
  index: "GSI1",
  hash: [["GSI1PK", "S", LEAD_GSI1_PK]],
  range: [["GSI1SK", "S"]],
  returns: [[LEAD_GSI1_SK]],
  given: [["tenantId", "as-is"], ["contactInfo.phone", "phone"]],
  forward: true,
};

/**
 * Whose phone number is this?
 *
 * Resolve Phone to Email: the lead with this phone number at a tenant, or none. That two leads
 * share one number is an error, which names both.
 *
 * Reads index GSI1, ascending. At most one item is expected.
 */
export function queryLeadByPhone(
  given: { readonly tenantId: string; readonly phone: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { tenantId: given.tenantId, contactInfo: { phone: given.phone } };
  return kx.query(QUERY_LEAD_BY_PHONE, item, options, undefined);
}

const QUERY_LEAD_BY_STATUS: kx.Pattern = {
  table: "leads",
  index: "GSI2",
  hash: [["GSI2PK", "S", LEAD_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[LEAD_GSI2_SK]],
  given: [["tenantId", "as-is"], ["qualification.status", "as-is"]],
  over: ["created_at", "timestamp"],
  forward: true,
  limit: 100,
};

/**
 * Which leads have this status?
 *
 * The leads of a tenant with one status, by creation date, oldest first.
 *
 * Reads index GSI2, ascending. `range` narrows `created_at`.
 */
export function queryLeadByStatus(
  given: { readonly tenantId: string; readonly status: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string | Date> } = {},
): kx.QueryInput {
  const item = { tenantId: given.tenantId, qualification: { status: given.status } };
  return kx.query(QUERY_LEAD_BY_STATUS, item, options, options.range);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainLead(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "leads",
  entities: {
    Lead: {
      key: leadKey,
      indexes: { GSI1: leadGsi1, GSI2: leadGsi2 },
      queries: { by_phone: queryLeadByPhone, by_status: queryLeadByStatus },
      explain: explainLead,
    },
  },
  explain,
} as const;
