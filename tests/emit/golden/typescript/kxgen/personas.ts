// Exported by kxmodel from schemas/personas.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/**
 * Personas.
 *
 * Dynamic AI personality configurations, company information, and behavioral rules. One item is one
 * persona of one tenant; some are templates that every tenant may start from.
 *
 * Decisions. GSI2 is the template marketplace: it is shared by all tenants on purpose, and only
 * items whose `isTemplate` is true are in it, whatever their `status`. It ranks by popularity
 * although its sort key is text: the score is padded to nine digits before the point and four after
 * it, rounded to these, so that 9 ranks below 100. That is room for 999,999,999 uses of a template,
 * or for an average with four decimals; its thirteen digits are fewer than the fifteen that a
 * 64-bit float keeps exactly. A missing score counts as 0; a negative one, or one beyond the range,
 * is refused. Timestamps are ISO 8601 in UTC with milliseconds and Z. A value is limited to a list
 * only where KxGen's documentation gives the list.
 */

import * as kx from "./runtime/index.js";

/**
 * Complete persona configuration: who the agent is, how it speaks, what it listens for and what it
 * wants to find out.
 */
export interface PersonaConfig {
  /** Name of the persona, as people see it in lists. */
  name?: string;
  /** The persona in a sentence. */
  description?: string;
  /** The instructions that the language model is given first. */
  systemPrompt?: string;
  /** How the agent comes across. */
  personality?: Personality;
  /** Rules for every answer, the most important first. */
  responseGuidelines?: string[];
  /** How the agent opens a conversation. */
  greetings?: Greetings;
  /** What the agent listens for. */
  intentCapturing?: IntentCapturing;
  /** What the agent wants to find out or achieve in a conversation. */
  goalConfiguration?: GoalConfiguration;
  /** The company that the agent speaks for. */
  companyInfo?: CompanyInfo;
}

/** How the agent comes across. */
export interface Personality {
  /** The tone of voice. */
  tone?: string;
  /** The style of writing. */
  style?: string;
  /** Turns of phrase that are the persona's own. */
  languageQuirks?: string[];
  /** Other habits of the persona. */
  specialBehaviors?: string[];
}

/** How the agent opens a conversation. */
export interface Greetings {
  /** What every greeting conveys. */
  gist?: string;
  /**
   * Greetings to choose from. A word in square brackets, such as [boxing_glove], stands for an
   * emoji.
   */
  variations?: string[];
}

/** What the agent listens for. */
export interface IntentCapturing {
  /** Whether intents are looked for at all. */
  enabled?: boolean;
  /** The intents, in the order in which they are tried. */
  intents?: Intent[];
}

/** What the agent wants to find out or achieve in a conversation. */
export interface GoalConfiguration {
  /** Whether goals are pursued at all. */
  enabled?: boolean;
  /** The goals, in the order in which they are pursued. */
  goals?: Goal[];
}

/** The company that the agent speaks for. */
export interface CompanyInfo {
  /** Name of the company. */
  name?: string;
  /** What line of business it is in. */
  industry?: string;
  /** What it offers, in a sentence. */
  description?: string;
  /** Postal address. */
  address?: string;
  /** The company's phone number in E.164 form. */
  phone?: string;
  /**
   * Opening hours per weekday, in the company's local time. The company is closed on a day that is
   * not listed.
   */
  hours?: WeeklyHours;
}

/** Something a contact may want, and what to do then. */
export interface Intent {
  /** Identifier of the intent; a message's `meta.detectedIntent` names it. */
  id?: string;
  /** Name of the intent, for people. */
  name?: string;
  /** Words and phrases that point to the intent. */
  triggers?: string[];
  /** How a detected intent is answered. */
  response?: IntentResponse;
}

/** Something the agent wants to find out or achieve. */
export interface Goal {
  /** Identifier of the goal. */
  id?: string;
  /** Name of the goal, for people. */
  name?: string;
  /** Kind of goal. */
  type?: string;
  /** How much the goal matters. */
  priority?: string;
  /** What is to be collected, and how to find it in a message. */
  target?: GoalTarget;
  /**
   * What holds for a goal on each channel. On a channel without a rule the goal is not required.
   */
  channelRules?: ChannelRules;
}

/**
 * Opening hours per weekday, in the company's local time. The company is closed on a day that is
 * not listed.
 */
export interface WeeklyHours {
  /** Opening hours on Monday. */
  monday?: DayHours;
  /** Opening hours on Tuesday. */
  tuesday?: DayHours;
  /** Opening hours on Wednesday. */
  wednesday?: DayHours;
  /** Opening hours on Thursday. */
  thursday?: DayHours;
  /** Opening hours on Friday. */
  friday?: DayHours;
  /** Opening hours on Saturday. */
  saturday?: DayHours;
  /** Opening hours on Sunday. */
  sunday?: DayHours;
}

/** How a detected intent is answered. */
export interface IntentResponse {
  /** Who answers: `persona_handled` leaves it to the language model. */
  type?: string;
  /** The text to answer with; empty where the persona finds its own words. */
  template?: string;
}

/** What is to be collected, and how to find it in a message. */
export interface GoalTarget {
  /** The member of a lead's `contactInfo` that is to be filled. */
  field?: string;
  /**
   * Regular expressions whose first group is the value. They are kept as text; nothing here runs
   * them.
   */
  extractionPatterns?: string[];
}

/** What holds for a goal on each channel. On a channel without a rule the goal is not required. */
export interface ChannelRules {
  /** Rule for text messages. */
  sms?: ChannelRule;
  /** Rule for e-mail. */
  email?: ChannelRule;
  /** Rule for chat. */
  chat?: ChannelRule;
  /** Rule for messages handed over by another system. */
  api?: ChannelRule;
  /** Rule for phone calls. */
  voice?: ChannelRule;
  /** Rule for social networks. */
  social?: ChannelRule;
}

/** From when to when the company is open on one day. */
export interface DayHours {
  /**
   * When it opens, as HH:MM. pattern: `^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$`. maxLength: `5`.
   */
  open?: string;
  /**
   * When it closes, as HH:MM; earlier than `open` means on the next day. pattern:
   * `^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$`. maxLength: `5`.
   */
  close?: string;
}

/** What holds for a goal on one channel. */
export interface ChannelRule {
  /** Whether the goal must be reached on this channel. */
  required?: boolean;
}

/**
 * Personas.
 *
 * Dynamic AI personality configurations, company information, and behavioral rules. One item is one
 * persona of one tenant; some are templates that every tenant may start from.
 *
 * Decisions. GSI2 is the template marketplace: it is shared by all tenants on purpose, and only
 * items whose `isTemplate` is true are in it, whatever their `status`. It ranks by popularity
 * although its sort key is text: the score is padded to nine digits before the point and four after
 * it, rounded to these, so that 9 ranks below 100. That is room for 999,999,999 uses of a template,
 * or for an average with four decimals; its thirteen digits are fewer than the fifteen that a
 * 64-bit float keeps exactly. A missing score counts as 0; a negative one, or one beyond the range,
 * is refused. Timestamps are ISO 8601 in UTC with milliseconds and Z. A value is limited to a list
 * only where KxGen's documentation gives the list.
 *
 * Other attributes may be there.
 */
export interface Persona {
  /**
   * Persona identifier: `${tenantId}#${persona_id}`. Partition key of the table; derived, never
   * given.
   */
  readonly persona_pk: string;
  /** Sort key: `CONFIG` for main persona record. Derived, never given. */
  readonly sk: string;
  /**
   * Tenant identifier for data isolation: the first part of every key that belongs to one tenant.
   * It must not contain '#', which ends it inside a key. pattern: `^[^#]+$`. minLength: `1`.
   * maxLength: `128`.
   */
  tenantId: string;
  /** Persona identifier within tenant. minLength: `1`. maxLength: `128`. */
  persona_id: string;
  /** Persona status: `active`, `draft`, `archived`, `template`. */
  status: "active" | "draft" | "archived" | "template";
  /**
   * Complete persona configuration: who the agent is, how it speaks, what it listens for and what
   * it wants to find out.
   */
  config?: PersonaConfig;
  /**
   * Tenant ID (for active personas per tenant). Derived from `tenantId`, never given. Derived:
   * `${tenantId}`.
   */
  readonly GSI1PK?: string;
  /** `${status}#${updated_at}`. Derived, never given; every write moves it. */
  readonly GSI1SK?: string;
  /**
   * `TEMPLATE#${category}` (for persona templates). Derived from `templateCategory`, never given;
   * absent unless `isTemplate` is true. Derived: `TEMPLATE#${templateCategory}`.
   */
  readonly GSI2PK?: string;
  /**
   * Popularity score (for template ranking), padded with zeros to nine digits and four decimals so
   * that text sorts as numbers do. Derived from `popularityScore`, never given; absent unless
   * `isTemplate` is true. Derived: `${popularityScore|default:0|pad:9.4,round}`.
   */
  readonly GSI2SK?: string;
  /**
   * Whether this persona is a template. This alone, with a category, puts it into the marketplace.
   */
  isTemplate?: boolean;
  /**
   * Template category: the shelf of the marketplace on which the template stands. A template
   * without one is not found there. minLength: `1`. maxLength: `128`.
   */
  templateCategory?: string;
  /**
   * Template popularity score, by which the templates of a category are ranked. A missing one
   * counts as 0. minimum: `0`. maximum: `999999999.9999`.
   */
  popularityScore?: number;
  /** Template description: what the marketplace says about it. */
  templateDescription?: string;
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
  /** Who created the persona. minLength: `1`. maxLength: `256`. */
  created_by?: string;
  /** Who last updated the persona. minLength: `1`. maxLength: `256`. */
  updated_by?: string;
}

/** What is given to create an item of Persona: keys are derived. */
export interface PersonaInput {
  /**
   * Tenant identifier for data isolation: the first part of every key that belongs to one tenant.
   * It must not contain '#', which ends it inside a key. pattern: `^[^#]+$`. minLength: `1`.
   * maxLength: `128`.
   */
  tenantId: string;
  /** Persona identifier within tenant. minLength: `1`. maxLength: `128`. */
  persona_id: string;
  /** Persona status: `active`, `draft`, `archived`, `template`. */
  status: "active" | "draft" | "archived" | "template";
  /**
   * Complete persona configuration: who the agent is, how it speaks, what it listens for and what
   * it wants to find out.
   */
  config?: PersonaConfig;
  /**
   * Whether this persona is a template. This alone, with a category, puts it into the marketplace.
   */
  isTemplate?: boolean;
  /**
   * Template category: the shelf of the marketplace on which the template stands. A template
   * without one is not found there. minLength: `1`. maxLength: `128`.
   */
  templateCategory?: string;
  /**
   * Template popularity score, by which the templates of a category are ranked. A missing one
   * counts as 0. minimum: `0`. maximum: `999999999.9999`.
   */
  popularityScore?: number;
  /** Template description: what the marketplace says about it. */
  templateDescription?: string;
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
  /** Who created the persona. minLength: `1`. maxLength: `256`. */
  created_by?: string;
  /** Who last updated the persona. minLength: `1`. maxLength: `256`. */
  updated_by?: string;
}

const PERSONA_PERSONA_PK = new kx.Template("${tenantId}#${persona_id}", "", [
  kx.part("tenantId", "#", { delimiter: "#" }),
  kx.part("persona_id", ""),
]);
const PERSONA_SK = new kx.Template("CONFIG", "CONFIG", []);
const PERSONA_GSI1_PK = new kx.Template("${tenantId}", "", [kx.part("tenantId", "")]);
const PERSONA_GSI1_SK = new kx.Template("${status}#${updated_at}", "", [
  kx.part("status", "#", { delimiter: "#" }),
  kx.part("updated_at", "", { kind: "timestamp" }),
]);
const PERSONA_GSI2_PK = new kx.Template("TEMPLATE#${templateCategory}", "TEMPLATE#", [
  kx.part("templateCategory", ""),
]);
const PERSONA_GSI2_SK = new kx.Template("${popularityScore|default:0|pad:9.4,round}", "", [
  kx.part("popularityScore", "", { filters: [kx.pad(9, 4, true)], otherwise: "0", shape: [14, /^[0-9]{9}\.[0-9]{4}$/] }),
]);

/** What the keys of Persona are made of. */
export type PersonaSources = {
  readonly tenantId?: kx.Maybe<string>;
  readonly persona_id?: kx.Maybe<string>;
  readonly status?: kx.Maybe<"active" | "draft" | "archived" | "template">;
  readonly updated_at?: kx.Maybe<string | Date>;
  readonly templateCategory?: kx.Maybe<string>;
  readonly popularityScore?: kx.Maybe<kx.NumberLike>;
  readonly isTemplate?: kx.Maybe<boolean>;
};

/**
 * The table's key: persona_pk `${tenantId}#${persona_id}`, sk `CONFIG`. Throws KeyRefused for a
 * source that is missing or cannot be part of a key.
 */
export function personaKey(
  item: { readonly tenantId: string; readonly persona_id: string },
): { readonly persona_pk: string; readonly sk: string } {
  const a = kx.textKey("persona_pk", "hash", PERSONA_PERSONA_PK, item);
  if (a === undefined) throw kx.missing("Persona", [PERSONA_PERSONA_PK, PERSONA_SK], item);
  const b = kx.textKey("sk", "range", PERSONA_SK, item);
  if (b === undefined) throw kx.missing("Persona", [PERSONA_PERSONA_PK, PERSONA_SK], item);
  return { persona_pk: a, sk: b };
}

/**
 * The key in index GSI1: GSI1PK `${tenantId}`, GSI1SK `${status}#${updated_at}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function personaGsi1(
  item: PersonaSources,
): { readonly GSI1PK: string; readonly GSI1SK: string } | undefined {
  const a = kx.textKey("GSI1PK", "hash", PERSONA_GSI1_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI1SK", "range", PERSONA_GSI1_SK, item);
  if (b === undefined) return undefined;
  return { GSI1PK: a, GSI1SK: b };
}

/**
 * The key in index GSI2: GSI2PK `TEMPLATE#${templateCategory}`, GSI2SK
 * `${popularityScore|default:0|pad:9.4,round}`.
 *
 * Undefined where a source is missing, or `when` does not hold: the item is not in it.
 */
export function personaGsi2(
  item: PersonaSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  if (!kx.isOneOf(item, "isTemplate", "as-is", [true])) return undefined;
  const a = kx.textKey("GSI2PK", "hash", PERSONA_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", PERSONA_GSI2_SK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Persona. */
export function explainPersona(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Persona", undefined, "persona_pk", PERSONA_PERSONA_PK, key),
    ...kx.explained("Persona", undefined, "sk", PERSONA_SK, key),
    ...kx.explained("Persona", "GSI1", "GSI1PK", PERSONA_GSI1_PK, key),
    ...kx.explained("Persona", "GSI1", "GSI1SK", PERSONA_GSI1_SK, key),
    ...kx.explained("Persona", "GSI2", "GSI2PK", PERSONA_GSI2_PK, key),
    ...kx.explained("Persona", "GSI2", "GSI2SK", PERSONA_GSI2_SK, key),
  ];
}

const QUERY_PERSONA_ACTIVE: kx.Pattern = {
  table: "personas",
  index: "GSI1",
  hash: [["GSI1PK", "S", PERSONA_GSI1_PK]],
  range: [["GSI1SK", "S"]],
  returns: [[PERSONA_GSI1_SK]],
  given: [["status", "as-is"], ["tenantId", "as-is"]],
  over: ["updated_at", "timestamp"],
  forward: false,
  limit: 100,
};

/**
 * Which personas of a tenant are active?
 *
 * Get Active Personas: the active personas of a tenant, the one updated last first.
 *
 * Reads index GSI1, descending. `range` narrows `updated_at`.
 */
export function queryPersonaActive(
  given: { readonly tenantId: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string | Date> } = {},
): kx.QueryInput {
  const item = { status: "active", tenantId: given.tenantId };
  return kx.query(QUERY_PERSONA_ACTIVE, item, options, options.range);
}

const QUERY_PERSONA_BY_STATUS: kx.Pattern = {
  table: "personas",
  index: "GSI1",
  hash: [["GSI1PK", "S", PERSONA_GSI1_PK]],
  range: [["GSI1SK", "S"]],
  returns: [[PERSONA_GSI1_SK]],
  given: [["tenantId", "as-is"], ["status", "as-is"]],
  over: ["updated_at", "timestamp"],
  forward: false,
  limit: 100,
};

/**
 * Which personas of a tenant have this status?
 *
 * The personas of a tenant with one status, the one updated last first.
 *
 * Reads index GSI1, descending. `range` narrows `updated_at`.
 */
export function queryPersonaByStatus(
  given: { readonly tenantId: string; readonly status: "active" | "draft" | "archived" | "template" },
  options: kx.QueryOptions & { readonly range?: kx.Range<string | Date> } = {},
): kx.QueryInput {
  const item = { tenantId: given.tenantId, status: given.status };
  return kx.query(QUERY_PERSONA_BY_STATUS, item, options, options.range);
}

const QUERY_PERSONA_TEMPLATES: kx.Pattern = {
  table: "personas",
  index: "GSI2",
  hash: [["GSI2PK", "S", PERSONA_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[PERSONA_GSI2_SK]],
  given: [["templateCategory", "as-is"]],
  over: ["popularityScore", "as-is"],
  forward: false,
  limit: 100,
};

/**
 * Which templates are there in a category?
 *
 * The persona templates of a category, of all tenants, the most popular first.
 *
 * Reads index GSI2, descending. `range` narrows `popularityScore`.
 */
export function queryPersonaTemplates(
  given: { readonly category: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.NumberLike> } = {},
): kx.QueryInput {
  const item = { templateCategory: given.category };
  return kx.query(QUERY_PERSONA_TEMPLATES, item, options, options.range);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainPersona(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "personas",
  entities: {
    Persona: {
      key: personaKey,
      indexes: { GSI1: personaGsi1, GSI2: personaGsi2 },
      queries: {
        active: queryPersonaActive,
        by_status: queryPersonaByStatus,
        templates: queryPersonaTemplates,
      },
      explain: explainPersona,
    },
  },
  explain,
} as const;
