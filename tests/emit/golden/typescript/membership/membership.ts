// Exported by kxmodel from schemas/membership.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/**
 * Membership.
 *
 * Organisations and the people in them, in one table: a person may belong to many organisations,
 * with a role in each. A membership stands in the partition of its organisation and carries the
 * person as sort key, so that the table answers who is in an organisation, and the inverted index
 * GSI1 where a person is. The organisation is the tenant; only users stand above it, because one
 * account serves several organisations.
 */

import * as kx from "./runtime/index.js";

/**
 * A company or club that uses the service: the tenant.
 *
 * Other attributes may be there.
 */
export interface Organisation {
  /** The organisation's id: the tenant. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  org_id: string;
  /** Name, as its members see it. minLength: `1`. */
  name: string;
  /**
   * Its name in web addresses: small letters, digits and hyphens. pattern: `^[a-z0-9-]+$`.
   * minLength: `1`. maxLength: `63`.
   */
  slug: string;
  /** What the organisation pays for. */
  plan: "free" | "team" | "business";
  /** How many members the plan allows. minimum: `1`. */
  seats?: number;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly created_at: string;
  /** Partition key of the table, sort key of GSI1, derived: `ORG#${org_id}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `ORG#${org_id}`. */
  readonly SK: string;
  /** Partition key of GSI2, derived: `SLUG#${slug}`. */
  readonly GSI2PK?: string;
  /** Sort key of GSI2, derived: `ORG#${org_id}`. */
  readonly GSI2SK?: string;
}

/** What is given to create an item of Organisation: keys are derived. */
export interface OrganisationInput {
  /** The organisation's id: the tenant. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  org_id: string;
  /** Name, as its members see it. minLength: `1`. */
  name: string;
  /**
   * Its name in web addresses: small letters, digits and hyphens. pattern: `^[a-z0-9-]+$`.
   * minLength: `1`. maxLength: `63`.
   */
  slug: string;
  /** What the organisation pays for. */
  plan: "free" | "team" | "business";
  /** How many members the plan allows. minimum: `1`. */
  seats?: number;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  created_at?: string;
}

/**
 * A person with an account. It belongs to no organisation; memberships say where the person is.
 *
 * Other attributes may be there.
 */
export interface User {
  /** The user's id. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  user_id: string;
  /**
   * E-mail address, which the person signs in with. minLength: `1`. maxLength: `254`. Personal
   * data.
   */
  email: string;
  /** The person's full name. minLength: `1`. Personal data. */
  name: string;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly created_at: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly updated_at: string;
  /** Partition key of the table, sort key of GSI1, derived: `USER#${user_id}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `USER#${user_id}`. */
  readonly SK: string;
  /** Partition key of GSI2, derived: `EMAIL#${email}`. */
  readonly GSI2PK?: string;
  /** Sort key of GSI2, derived: `USER#${user_id}`. */
  readonly GSI2SK?: string;
}

/** What is given to create an item of User: keys are derived. */
export interface UserInput {
  /** The user's id. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  user_id: string;
  /**
   * E-mail address, which the person signs in with. minLength: `1`. maxLength: `254`. Personal
   * data.
   */
  email: string;
  /** The person's full name. minLength: `1`. Personal data. */
  name: string;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  created_at?: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  updated_at?: string;
}

/**
 * That a user belongs to an organisation, and with which role: the link between the two.
 *
 * Other attributes may be there.
 */
export interface Membership {
  /** The organisation's id: the tenant. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  org_id: string;
  /** The user's id. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  user_id: string;
  /** What somebody may do in an organisation. */
  role: "owner" | "admin" | "member" | "guest";
  /**
   * Whether the membership counts: `active`, or `suspended`, which takes it out of the lists by
   * role.
   */
  status: "active" | "suspended";
  /** What the member may do beyond the role. uniqueItems: `true`. */
  permissions?: string[];
  /** The organisation's name, copied here so that a user's list needs no further request. */
  org_name?: string;
  /**
   * The user's name, copied here so that an organisation's list needs no further request.
   * minLength: `1`. Personal data.
   */
  user_name?: string;
  /** When the user joined: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly joined_at: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly updated_at: string;
  /** Partition key of the table, sort key of GSI1, derived: `ORG#${org_id}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `USER#${user_id}`. */
  readonly SK: string;
  /** Partition key of GSI3, derived: `${org_id}#${role}`. */
  readonly GSI3PK?: string;
  /** Sort key of GSI3, derived: `${joined_at}`. */
  readonly GSI3SK?: string;
}

/** What is given to create an item of Membership: keys are derived. */
export interface MembershipInput {
  /** The organisation's id: the tenant. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  org_id: string;
  /** The user's id. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  user_id: string;
  /** What somebody may do in an organisation. */
  role: "owner" | "admin" | "member" | "guest";
  /**
   * Whether the membership counts: `active`, or `suspended`, which takes it out of the lists by
   * role.
   */
  status: "active" | "suspended";
  /** What the member may do beyond the role. uniqueItems: `true`. */
  permissions?: string[];
  /** The organisation's name, copied here so that a user's list needs no further request. */
  org_name?: string;
  /**
   * The user's name, copied here so that an organisation's list needs no further request.
   * minLength: `1`. Personal data.
   */
  user_name?: string;
  /** When the user joined: ISO 8601 timestamp in UTC with milliseconds and Z. */
  joined_at?: string;
  /** When the item was last written: ISO 8601 timestamp in UTC with milliseconds and Z. */
  updated_at?: string;
}

/**
 * An open invitation to an organisation, at most one per e-mail address. DynamoDB deletes it some
 * time after `expires_at`, within days: whoever accepts one compares the time as well.
 *
 * Other attributes may be there.
 */
export interface Invitation {
  /** The organisation's id: the tenant. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  org_id: string;
  /** Whom the invitation was sent to. minLength: `1`. maxLength: `254`. Personal data. */
  email: string;
  /** The role that the new member will have. */
  role: "owner" | "admin" | "member" | "guest";
  /** The organisation's name, to show who invites. */
  org_name?: string;
  /** The user who invites. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  invited_by?: string;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  readonly created_at: string;
  /** When the invitation ends, in seconds since 1970-01-01 UTC. minimum: `0`. */
  expires_at: number;
  /** Partition key of the table, sort key of GSI1, derived: `ORG#${org_id}`. */
  readonly PK: string;
  /** Sort key of the table, partition key of GSI1, derived: `INVITATION#${email}`. */
  readonly SK: string;
  /** Partition key of GSI2, derived: `EMAIL#${email}`. */
  readonly GSI2PK?: string;
  /** Sort key of GSI2, derived: `INVITATION#${org_id}`. */
  readonly GSI2SK?: string;
}

/** What is given to create an item of Invitation: keys are derived. */
export interface InvitationInput {
  /** The organisation's id: the tenant. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  org_id: string;
  /** Whom the invitation was sent to. minLength: `1`. maxLength: `254`. Personal data. */
  email: string;
  /** The role that the new member will have. */
  role: "owner" | "admin" | "member" | "guest";
  /** The organisation's name, to show who invites. */
  org_name?: string;
  /** The user who invites. pattern: `^[^#]+$`. minLength: `1`. maxLength: `64`. */
  invited_by?: string;
  /** When the item was created: ISO 8601 timestamp in UTC with milliseconds and Z. */
  created_at?: string;
  /** When the invitation ends, in seconds since 1970-01-01 UTC. minimum: `0`. */
  expires_at: number;
}

const ORGANISATION_PK = new kx.Template("ORG#${org_id}", "ORG#", [kx.part("org_id", "")]);
const ORGANISATION_GSI2_PK = new kx.Template("SLUG#${slug}", "SLUG#", [
  kx.part("slug", "", { kind: "lower" }),
]);

/** What the keys of Organisation are made of. */
export type OrganisationSources = {
  readonly org_id?: kx.Maybe<string>;
  readonly slug?: kx.Maybe<string>;
};

/**
 * The table's key: PK `ORG#${org_id}`, SK `ORG#${org_id}`. Throws KeyRefused for a source that is
 * missing or cannot be part of a key.
 */
export function organisationKey(
  item: { readonly org_id: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", ORGANISATION_PK, item);
  if (a === undefined) throw kx.missing("Organisation", [ORGANISATION_PK, ORGANISATION_PK], item);
  const b = kx.textKey("SK", "range", ORGANISATION_PK, item);
  if (b === undefined) throw kx.missing("Organisation", [ORGANISATION_PK, ORGANISATION_PK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `ORG#${org_id}`, PK `ORG#${org_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function organisationGsi1(
  item: OrganisationSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", ORGANISATION_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", ORGANISATION_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI2: GSI2PK `SLUG#${slug}`, GSI2SK `ORG#${org_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function organisationGsi2(
  item: OrganisationSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", ORGANISATION_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", ORGANISATION_PK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Organisation. */
export function explainOrganisation(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Organisation", undefined, "PK", ORGANISATION_PK, key),
    ...kx.explained("Organisation", undefined, "SK", ORGANISATION_PK, key),
    ...kx.explained("Organisation", "GSI1", "SK", ORGANISATION_PK, key),
    ...kx.explained("Organisation", "GSI1", "PK", ORGANISATION_PK, key),
    ...kx.explained("Organisation", "GSI2", "GSI2PK", ORGANISATION_GSI2_PK, key),
    ...kx.explained("Organisation", "GSI2", "GSI2SK", ORGANISATION_PK, key),
  ];
}

const USER_PK = new kx.Template("USER#${user_id}", "USER#", [kx.part("user_id", "")]);
const USER_GSI2_PK = new kx.Template("EMAIL#${email}", "EMAIL#", [
  kx.part("email", "", { kind: "email" }),
]);

/** What the keys of User are made of. */
export type UserSources = {
  readonly user_id?: kx.Maybe<string>;
  readonly email?: kx.Maybe<string>;
};

/**
 * The table's key: PK `USER#${user_id}`, SK `USER#${user_id}`. Throws KeyRefused for a source that
 * is missing or cannot be part of a key.
 */
export function userKey(
  item: { readonly user_id: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", USER_PK, item);
  if (a === undefined) throw kx.missing("User", [USER_PK, USER_PK], item);
  const b = kx.textKey("SK", "range", USER_PK, item);
  if (b === undefined) throw kx.missing("User", [USER_PK, USER_PK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `USER#${user_id}`, PK `USER#${user_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function userGsi1(
  item: UserSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", USER_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", USER_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI2: GSI2PK `EMAIL#${email}`, GSI2SK `USER#${user_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function userGsi2(
  item: UserSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", USER_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", USER_PK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of User. */
export function explainUser(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("User", undefined, "PK", USER_PK, key),
    ...kx.explained("User", undefined, "SK", USER_PK, key),
    ...kx.explained("User", "GSI1", "SK", USER_PK, key),
    ...kx.explained("User", "GSI1", "PK", USER_PK, key),
    ...kx.explained("User", "GSI2", "GSI2PK", USER_GSI2_PK, key),
    ...kx.explained("User", "GSI2", "GSI2SK", USER_PK, key),
  ];
}

const MEMBERSHIP_PK = new kx.Template("ORG#${org_id}", "ORG#", [kx.part("org_id", "")]);
const MEMBERSHIP_SK = new kx.Template("USER#${user_id}", "USER#", [kx.part("user_id", "")]);
const MEMBERSHIP_GSI3_PK = new kx.Template("${org_id}#${role}", "", [
  kx.part("org_id", "#", { delimiter: "#" }),
  kx.part("role", ""),
]);
const MEMBERSHIP_GSI3_SK = new kx.Template("${joined_at}", "", [
  kx.part("joined_at", "", { kind: "timestamp" }),
]);

/** What the keys of Membership are made of. */
export type MembershipSources = {
  readonly org_id?: kx.Maybe<string>;
  readonly user_id?: kx.Maybe<string>;
  readonly role?: kx.Maybe<"owner" | "admin" | "member" | "guest">;
  readonly joined_at?: kx.Maybe<string | Date>;
  readonly status?: kx.Maybe<"active" | "suspended">;
};

/**
 * The table's key: PK `ORG#${org_id}`, SK `USER#${user_id}`. Throws KeyRefused for a source that is
 * missing or cannot be part of a key.
 */
export function membershipKey(
  item: { readonly org_id: string; readonly user_id: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", MEMBERSHIP_PK, item);
  if (a === undefined) throw kx.missing("Membership", [MEMBERSHIP_PK, MEMBERSHIP_SK], item);
  const b = kx.textKey("SK", "range", MEMBERSHIP_SK, item);
  if (b === undefined) throw kx.missing("Membership", [MEMBERSHIP_PK, MEMBERSHIP_SK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `USER#${user_id}`, PK `ORG#${org_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function membershipGsi1(
  item: MembershipSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", MEMBERSHIP_SK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", MEMBERSHIP_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI3: GSI3PK `${org_id}#${role}`, GSI3SK `${joined_at}`.
 *
 * Undefined where a source is missing, or `when` does not hold: the item is not in it.
 */
export function membershipGsi3(
  item: MembershipSources,
): { readonly GSI3PK: string; readonly GSI3SK: string } | undefined {
  if (!kx.isOneOf(item, "status", "as-is", ["active"])) return undefined;
  const a = kx.textKey("GSI3PK", "hash", MEMBERSHIP_GSI3_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI3SK", "range", MEMBERSHIP_GSI3_SK, item);
  if (b === undefined) return undefined;
  return { GSI3PK: a, GSI3SK: b };
}

/** Every way to read the text of a key as one of Membership. */
export function explainMembership(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Membership", undefined, "PK", MEMBERSHIP_PK, key),
    ...kx.explained("Membership", undefined, "SK", MEMBERSHIP_SK, key),
    ...kx.explained("Membership", "GSI1", "SK", MEMBERSHIP_SK, key),
    ...kx.explained("Membership", "GSI1", "PK", MEMBERSHIP_PK, key),
    ...kx.explained("Membership", "GSI3", "GSI3PK", MEMBERSHIP_GSI3_PK, key),
    ...kx.explained("Membership", "GSI3", "GSI3SK", MEMBERSHIP_GSI3_SK, key),
  ];
}

const INVITATION_PK = new kx.Template("ORG#${org_id}", "ORG#", [kx.part("org_id", "")]);
const INVITATION_SK = new kx.Template("INVITATION#${email}", "INVITATION#", [
  kx.part("email", "", { kind: "email" }),
]);
const INVITATION_GSI2_PK = new kx.Template("EMAIL#${email}", "EMAIL#", [
  kx.part("email", "", { kind: "email" }),
]);
const INVITATION_GSI2_SK = new kx.Template("INVITATION#${org_id}", "INVITATION#", [
  kx.part("org_id", ""),
]);

/** What the keys of Invitation are made of. */
export type InvitationSources = {
  readonly org_id?: kx.Maybe<string>;
  readonly email?: kx.Maybe<string>;
};

/**
 * The table's key: PK `ORG#${org_id}`, SK `INVITATION#${email}`. Throws KeyRefused for a source
 * that is missing or cannot be part of a key.
 */
export function invitationKey(
  item: { readonly org_id: string; readonly email: string },
): { readonly PK: string; readonly SK: string } {
  const a = kx.textKey("PK", "hash", INVITATION_PK, item);
  if (a === undefined) throw kx.missing("Invitation", [INVITATION_PK, INVITATION_SK], item);
  const b = kx.textKey("SK", "range", INVITATION_SK, item);
  if (b === undefined) throw kx.missing("Invitation", [INVITATION_PK, INVITATION_SK], item);
  return { PK: a, SK: b };
}

/**
 * The key in index GSI1: SK `INVITATION#${email}`, PK `ORG#${org_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function invitationGsi1(
  item: InvitationSources,
): { readonly SK: string; readonly PK: string } | undefined {
  const a = kx.textKey("SK", "hash", INVITATION_SK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("PK", "range", INVITATION_PK, item);
  if (b === undefined) return undefined;
  return { SK: a, PK: b };
}

/**
 * The key in index GSI2: GSI2PK `EMAIL#${email}`, GSI2SK `INVITATION#${org_id}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function invitationGsi2(
  item: InvitationSources,
): { readonly GSI2PK: string; readonly GSI2SK: string } | undefined {
  const a = kx.textKey("GSI2PK", "hash", INVITATION_GSI2_PK, item);
  if (a === undefined) return undefined;
  const b = kx.textKey("GSI2SK", "range", INVITATION_GSI2_SK, item);
  if (b === undefined) return undefined;
  return { GSI2PK: a, GSI2SK: b };
}

/** Every way to read the text of a key as one of Invitation. */
export function explainInvitation(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Invitation", undefined, "PK", INVITATION_PK, key),
    ...kx.explained("Invitation", undefined, "SK", INVITATION_SK, key),
    ...kx.explained("Invitation", "GSI1", "SK", INVITATION_SK, key),
    ...kx.explained("Invitation", "GSI1", "PK", INVITATION_PK, key),
    ...kx.explained("Invitation", "GSI2", "GSI2PK", INVITATION_GSI2_PK, key),
    ...kx.explained("Invitation", "GSI2", "GSI2SK", INVITATION_GSI2_SK, key),
  ];
}

const QUERY_ORGANISATION_BY_SLUG: kx.Pattern = {
  table: "membership",
  index: "GSI2",
  hash: [["GSI2PK", "S", ORGANISATION_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[ORGANISATION_PK]],
  given: [["slug", "lower"]],
  over: ["org_id", "as-is"],
  forward: true,
};

/**
 * Which organisation is at this web address?
 *
 * Reads index GSI2, ascending. At most one item is expected.
 */
export function queryOrganisationBySlug(
  given: { readonly slug: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { slug: given.slug };
  return kx.query(QUERY_ORGANISATION_BY_SLUG, item, options, undefined);
}

const QUERY_ORGANISATION_OVERVIEW: kx.Pattern = {
  table: "membership",
  hash: [["PK", "S", ORGANISATION_PK]],
  range: [["SK", "S"]],
  returns: [[ORGANISATION_PK], [MEMBERSHIP_SK], [INVITATION_SK]],
  given: [["org_id", "as-is"]],
  forward: true,
  limit: 100,
  along: true,
};

/**
 * What belongs to an organisation?
 *
 * An organisation with its members and open invitations, from one request.
 *
 * Reads the table, ascending.
 */
export function queryOrganisationOverview(
  given: { readonly org_id: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { org_id: given.org_id };
  return kx.query(QUERY_ORGANISATION_OVERVIEW, item, options, undefined);
}

const QUERY_USER_BY_EMAIL: kx.Pattern = {
  table: "membership",
  index: "GSI2",
  hash: [["GSI2PK", "S", USER_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[USER_PK]],
  given: [["email", "email"]],
  over: ["user_id", "as-is"],
  forward: true,
};

/**
 * Who signs in with this e-mail address?
 *
 * Reads index GSI2, ascending. At most one item is expected.
 */
export function queryUserByEmail(
  given: { readonly email: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { email: given.email };
  return kx.query(QUERY_USER_BY_EMAIL, item, options, undefined);
}

const QUERY_USER_WITH_MEMBERSHIPS: kx.Pattern = {
  table: "membership",
  index: "GSI1",
  hash: [["SK", "S", USER_PK]],
  range: [["PK", "S"]],
  returns: [[USER_PK], [MEMBERSHIP_PK]],
  given: [["user_id", "as-is"]],
  forward: false,
  limit: 100,
  along: true,
};

/**
 * Who is this user, and where are they a member?
 *
 * A user and all their memberships, from one request.
 *
 * Reads index GSI1, descending.
 */
export function queryUserWithMemberships(
  given: { readonly user_id: string },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { user_id: given.user_id };
  return kx.query(QUERY_USER_WITH_MEMBERSHIPS, item, options, undefined);
}

const QUERY_MEMBERSHIP_OF_ORGANISATION: kx.Pattern = {
  table: "membership",
  hash: [["PK", "S", MEMBERSHIP_PK]],
  range: [["SK", "S"]],
  returns: [[MEMBERSHIP_SK]],
  given: [["org_id", "as-is"]],
  over: ["user_id", "as-is"],
  forward: true,
  limit: 100,
};

/**
 * Who is in an organisation?
 *
 * The memberships of an organisation.
 *
 * Reads the table, ascending. `range` narrows `user_id`.
 */
export function queryMembershipOfOrganisation(
  given: { readonly org_id: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { org_id: given.org_id };
  return kx.query(QUERY_MEMBERSHIP_OF_ORGANISATION, item, options, options.range);
}

const QUERY_MEMBERSHIP_OF_USER: kx.Pattern = {
  table: "membership",
  index: "GSI1",
  hash: [["SK", "S", MEMBERSHIP_SK]],
  range: [["PK", "S"]],
  returns: [[MEMBERSHIP_PK]],
  given: [["user_id", "as-is"]],
  over: ["org_id", "as-is"],
  forward: true,
  limit: 100,
};

/**
 * Where is a user a member?
 *
 * The memberships of a user, in all organisations.
 *
 * Reads index GSI1, ascending. `range` narrows `org_id`.
 */
export function queryMembershipOfUser(
  given: { readonly user_id: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { user_id: given.user_id };
  return kx.query(QUERY_MEMBERSHIP_OF_USER, item, options, options.range);
}

const QUERY_MEMBERSHIP_WITH_ROLE: kx.Pattern = {
  table: "membership",
  index: "GSI3",
  hash: [["GSI3PK", "S", MEMBERSHIP_GSI3_PK]],
  range: [["GSI3SK", "S"]],
  returns: [[MEMBERSHIP_GSI3_SK]],
  given: [["org_id", "as-is"], ["role", "as-is"]],
  over: ["joined_at", "timestamp"],
  forward: true,
  limit: 100,
};

/**
 * Who has this role in an organisation?
 *
 * The active memberships with one role, those who joined first before the others.
 *
 * Reads index GSI3, ascending. `range` narrows `joined_at`.
 */
export function queryMembershipWithRole(
  given: { readonly org_id: string; readonly role: "owner" | "admin" | "member" | "guest" },
  options: kx.QueryOptions & { readonly range?: kx.Range<string | Date> } = {},
): kx.QueryInput {
  const item = { org_id: given.org_id, role: given.role };
  return kx.query(QUERY_MEMBERSHIP_WITH_ROLE, item, options, options.range);
}

const QUERY_INVITATION_SENT_BY: kx.Pattern = {
  table: "membership",
  hash: [["PK", "S", INVITATION_PK]],
  range: [["SK", "S"]],
  returns: [[INVITATION_SK]],
  given: [["org_id", "as-is"]],
  over: ["email", "email"],
  forward: true,
  limit: 100,
};

/**
 * Whom did an organisation invite?
 *
 * The invitations of an organisation, by e-mail address.
 *
 * Reads the table, ascending. `range` narrows `email`.
 */
export function queryInvitationSentBy(
  given: { readonly org_id: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { org_id: given.org_id };
  return kx.query(QUERY_INVITATION_SENT_BY, item, options, options.range);
}

const QUERY_INVITATION_SENT_TO: kx.Pattern = {
  table: "membership",
  index: "GSI2",
  hash: [["GSI2PK", "S", INVITATION_GSI2_PK]],
  range: [["GSI2SK", "S"]],
  returns: [[INVITATION_GSI2_SK]],
  given: [["email", "email"]],
  over: ["org_id", "as-is"],
  forward: true,
  limit: 100,
};

/**
 * Where is somebody invited to?
 *
 * The invitations for an e-mail address, from all organisations.
 *
 * Reads index GSI2, ascending. `range` narrows `org_id`.
 */
export function queryInvitationSentTo(
  given: { readonly email: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { email: given.email };
  return kx.query(QUERY_INVITATION_SENT_TO, item, options, options.range);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainOrganisation(key),
    ...explainUser(key),
    ...explainMembership(key),
    ...explainInvitation(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "membership",
  entities: {
    Organisation: {
      key: organisationKey,
      indexes: { GSI1: organisationGsi1, GSI2: organisationGsi2 },
      queries: { by_slug: queryOrganisationBySlug, overview: queryOrganisationOverview },
      explain: explainOrganisation,
    },
    User: {
      key: userKey,
      indexes: { GSI1: userGsi1, GSI2: userGsi2 },
      queries: { by_email: queryUserByEmail, with_memberships: queryUserWithMemberships },
      explain: explainUser,
    },
    Membership: {
      key: membershipKey,
      indexes: { GSI1: membershipGsi1, GSI3: membershipGsi3 },
      queries: {
        of_organisation: queryMembershipOfOrganisation,
        of_user: queryMembershipOfUser,
        with_role: queryMembershipWithRole,
      },
      explain: explainMembership,
    },
    Invitation: {
      key: invitationKey,
      indexes: { GSI1: invitationGsi1, GSI2: invitationGsi2 },
      queries: { sent_by: queryInvitationSentBy, sent_to: queryInvitationSentTo },
      explain: explainInvitation,
    },
  },
  explain,
} as const;
