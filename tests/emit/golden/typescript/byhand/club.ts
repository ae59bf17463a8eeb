// Exported by kxmodel from club.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/** Clubs, their members and their events. */

import * as kx from "./runtime/index.js";

/** Other attributes may be there. */
export interface Club {
  /** Derived: `CLUB#${club}`. */
  readonly PK: string;
  /** Derived: `CLUB`. */
  readonly SK: string;
  club: string;
}

/** What is given to create an item of Club: keys are derived. */
export interface ClubInput {
  club: string;
}

/**
 * A member's page: its name is one of the runtime's.
 *
 * Other attributes may be there.
 */
export interface Page {
  /** Derived: `CLUB#${club}`. */
  readonly PK: string;
  /** Derived: `M#${mail}`. */
  readonly SK: string;
  club: string;
  /** Derived: `CLUB#${club}`. */
  readonly G2?: string;
  /** Derived: `${points}`. */
  readonly N2?: number;
  points: number;
  mail: string;
}

/** What is given to create an item of Page: keys are derived. */
export interface PageInput {
  club: string;
  points: number;
  mail: string;
}

/** Other attributes may be there. */
export interface Event {
  /** Derived: `CLUB#${club}`. */
  readonly PK: string;
  SK: string;
  club: string;
  /** Derived: `CLUB#${club}`. */
  readonly G2?: string;
  /** Derived: `${fee}`. */
  readonly N2?: number;
  fee: number;
}

/** What is given to create an item of Event: keys are derived. */
export interface EventInput {
  SK: string;
  club: string;
  fee: number;
}

const CLUB_PK = new kx.Template("CLUB#${club}", "CLUB#", [kx.part("club", "")]);
const CLUB_SK = new kx.Template("CLUB", "CLUB", []);

/** What the keys of Club are made of. */
export type ClubSources = { readonly club?: kx.Maybe<string> };

/**
 * The table's key: PK `CLUB#${club}`, SK `CLUB`. Throws KeyRefused for a source that is missing or
 * cannot be part of a key.
 */
export function clubKey(
  item: { readonly club: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", CLUB_PK, item);
  if (a === undefined) throw kx.missing("Club", [CLUB_PK, CLUB_SK], item);
  const b = kx.textKey("SK", "range", CLUB_SK, item);
  if (b === undefined) throw kx.missing("Club", [CLUB_PK, CLUB_SK], item);
  return { PK: a, SK: b };
}

/** Every way to read the text of a key as one of Club. */
export function explainClub(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Club", undefined, "PK", CLUB_PK, key),
    ...kx.explained("Club", undefined, "SK", CLUB_SK, key),
  ];
}

const PAGE_PK = new kx.Template("CLUB#${club}", "CLUB#", [kx.part("club", "")]);
const PAGE_SK = new kx.Template("M#${mail}", "M#", [kx.part("mail", "", { kind: "email" })]);
const PAGE_GSI2_N2 = new kx.Template("${points}", "", [kx.part("points", "")]);

/** What the keys of Page are made of. */
export type PageSources = {
  readonly club?: kx.Maybe<string>;
  readonly mail?: kx.Maybe<string>;
  readonly points?: kx.Maybe<kx.NumberLike>;
};

/**
 * The table's key: PK `CLUB#${club}`, SK `M#${mail}`. Throws KeyRefused for a source that is
 * missing or cannot be part of a key.
 */
export function pageKey(
  item: { readonly club: string; readonly mail: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", PAGE_PK, item);
  if (a === undefined) throw kx.missing("Page", [PAGE_PK, PAGE_SK], item);
  const b = kx.textKey("SK", "range", PAGE_SK, item);
  if (b === undefined) throw kx.missing("Page", [PAGE_PK, PAGE_SK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI2: G2 `CLUB#${club}`, N2 `${points}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function pageGsi2(
  item: PageSources,
): { readonly G2: string; readonly N2: kx.NumberLike } | undefined {
  const a = kx.textKey("G2", "hash", PAGE_PK, item);
  if (a === undefined) return undefined;
  const b = kx.numberKey("points", item);
  if (b === undefined) return undefined;
  return { G2: a, N2: b };
}

/** Every way to read the text of a key as one of Page. */
export function explainPage(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Page", undefined, "PK", PAGE_PK, key),
    ...kx.explained("Page", undefined, "SK", PAGE_SK, key),
    ...kx.explained("Page", "GSI2", "G2", PAGE_PK, key),
  ];
}

const EVENT_PK = new kx.Template("CLUB#${club}", "CLUB#", [kx.part("club", "")]);
const EVENT_SK = new kx.Template("${SK}", "", [kx.part("SK", "", { kind: "timestamp" })]);
const EVENT_GSI2_N2 = new kx.Template("${fee}", "", [kx.part("fee", "")]);

/** What the keys of Event are made of. */
export type EventSources = {
  readonly club?: kx.Maybe<string>;
  readonly SK?: kx.Maybe<string | Date>;
  readonly fee?: kx.Maybe<kx.NumberLike>;
};

/**
 * The table's key: PK `CLUB#${club}`, SK `${SK}`. Throws KeyRefused for a source that is missing or
 * cannot be part of a key.
 */
export function eventKey(
  item: { readonly club: string; readonly SK: string | Date },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", EVENT_PK, item);
  if (a === undefined) throw kx.missing("Event", [EVENT_PK, EVENT_SK], item);
  const b = kx.textKey("SK", "range", EVENT_SK, item);
  if (b === undefined) throw kx.missing("Event", [EVENT_PK, EVENT_SK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI2: G2 `CLUB#${club}`, N2 `${fee}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function eventGsi2(
  item: EventSources,
): { readonly G2: string; readonly N2: kx.NumberLike } | undefined {
  const a = kx.textKey("G2", "hash", EVENT_PK, item);
  if (a === undefined) return undefined;
  const b = kx.numberKey("fee", item);
  if (b === undefined) return undefined;
  return { G2: a, N2: b };
}

/** Every way to read the text of a key as one of Event. */
export function explainEvent(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Event", undefined, "PK", EVENT_PK, key),
    ...kx.explained("Event", undefined, "SK", EVENT_SK, key),
    ...kx.explained("Event", "GSI2", "G2", EVENT_PK, key),
  ];
}

const QUERY_CLUB_ALL_OF: kx.Pattern = {
  table: "club",
  hash: [["PK", "S", CLUB_PK]],
  range: [["SK", "S"]],
  returns: [[CLUB_SK], [PAGE_SK], [EVENT_SK]],
  given: [["club", "as-is"]],
  over: ["mail", "as-is"],
  forward: true,
  limit: 100,
  along: true,
};

/**
 * What belongs to a club?
 *
 * Reads the table, ascending. `range` narrows `mail`.
 */
export function queryClubAllOf(
  given: { readonly club: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.Source> } = {},
): kx.QueryInput {
  const item = { club: given.club };
  return kx.query(QUERY_CLUB_ALL_OF, item, options, options.range);
}

const QUERY_CLUB_MIXED: kx.Pattern = {
  table: "club",
  index: "GSI2",
  hash: [["G2", "S", new kx.Template("${G2}", "", [kx.part("G2", "", { kind: "as-is" })])]],
  range: [["N2", "N"]],
  returns: [[PAGE_GSI2_N2], [EVENT_GSI2_N2]],
  given: [["club", "as-is"]],
  over: ["points", "as-is"],
  forward: false,
  limit: 100,
};

/**
 * What has most points or costs most?
 *
 * Reads index GSI2, descending. `range` narrows `points`.
 */
export function queryClubMixed(
  given: { readonly club: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.Source> } = {},
): kx.QueryInput {
  const item = { club: given.club };
  return kx.query(QUERY_CLUB_MIXED, item, options, options.range);
}

const QUERY_CLUB_FIRST_EVENT: kx.Pattern = {
  table: "club",
  hash: [["PK", "S", CLUB_PK]],
  range: [["SK", "S"]],
  returns: [[EVENT_SK]],
  given: [["club", "as-is"], ["SK", "as-is"]],
  forward: true,
};

/**
 * Which event is there?
 *
 * Reads the table, ascending. At most one item is expected.
 */
export function queryClubFirstEvent(
  given: { readonly club: string; readonly cast: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { club: given.club, SK: given.cast };
  return kx.query(QUERY_CLUB_FIRST_EVENT, item, options, undefined);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainClub(key),
    ...explainPage(key),
    ...explainEvent(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "club",
  entities: {
    Club: {
      key: clubKey,
      indexes: {},
      queries: { all_of: queryClubAllOf, mixed: queryClubMixed, first_event: queryClubFirstEvent },
      explain: explainClub,
    },
    Page: {
      key: pageKey,
      indexes: { GSI2: pageGsi2 },
      queries: {},
      explain: explainPage,
    },
    Event: {
      key: eventKey,
      indexes: { GSI2: eventGsi2 },
      queries: {},
      explain: explainEvent,
    },
  },
  explain,
} as const;
