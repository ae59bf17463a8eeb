// Exported by kxmodel from schemas/gallery.json (codegen 1).
// Do not edit: change the schema, then run `kxmodel export typescript`.

/**
 * Gallery.
 *
 * One entity with an attribute of every shape.
 *
 * - a list
 * - of two items.
 */

import * as kx from "./runtime/index.js";

/** A tree, which is made of trees. */
export interface Tree {
  label: string;
  children?: Tree[];
  by_name?: { [name: string]: Tree };
  /** The tree that it hangs on. */
  parent?: Tree;
  leaf: Leaf;
}

export interface Leaf {
  list?: string[];
  str?: string;
  n?: string;
}

/** A structure whose name hides in every model. */
export interface Meta {
}

/**
 * A picture: "quoted", with a \ and """three quotes""".
 *
 * Other attributes may be there.
 */
export interface Picture {
  /** Derived: `${tenant}#${kind}`. */
  readonly pk: string;
  /** When it came. */
  readonly id: string;
  tenant: string;
  /** Kind of picture. */
  kind: "oil" | "ink" | "pencil";
  /** minimum: `1`. maximum: `900`. */
  size: number;
  /** Generated: created. */
  readonly made?: string;
  /** Generated: updated. */
  readonly changed?: string;
  /** Generated: version. */
  readonly version?: number;
  /** Personal data. */
  title?: string;
  shape?: "round" | "square";
  /** Personal data. */
  artistMail?: string;
  phone?: string;
  until?: number;
  weight?: number;
  price: number;
  hidden?: boolean;
  thumb?: string;
  nothing?: null;
  frame: 1 | 2 | 3;
  tags?: string[];
  years: number[];
  prices?: number[];
  hashes?: string[];
  colours?: ("red" | "blue")[];
  phones?: string[];
  matrix?: number[][];
  times?: { [name: string]: string | null };
  anything?: unknown;
  tree: Tree;
  meta?: Meta;
  trees?: Tree[];
  /** Below the picture. Derived: `${title} (${kind})`. */
  readonly caption?: string;
}

/** What is given to create an item of Picture: keys are derived. */
export interface PictureInput {
  /** When it came. */
  id?: string;
  tenant: string;
  /** Kind of picture. */
  kind: "oil" | "ink" | "pencil";
  /** minimum: `1`. maximum: `900`. */
  size: number;
  /** Generated: created. */
  readonly made?: string;
  /** Generated: updated. */
  changed?: string;
  /** Generated: version. */
  version?: number;
  /** Personal data. */
  title?: string;
  shape?: "round" | "square";
  /** Personal data. */
  artistMail?: string;
  phone?: string;
  until?: number;
  weight?: number;
  price?: number;
  hidden?: boolean;
  thumb?: string;
  nothing?: null;
  frame: 1 | 2 | 3;
  tags?: string[];
  years: number[];
  prices?: number[];
  hashes?: string[];
  colours?: ("red" | "blue")[];
  phones?: string[];
  matrix?: number[][];
  times?: { [name: string]: string | null };
  anything?: unknown;
  tree: Tree;
  meta?: Meta;
  trees?: Tree[];
}

const PICTURE_PK = new kx.Template("${tenant}#${kind}", "", [
  kx.part("tenant", "#", { delimiter: "#" }),
  kx.part("kind", ""),
]);
const PICTURE_ID = new kx.Template("${id}", "", [kx.part("id", "", { kind: "ulid" })]);
const PICTURE_BY_SIZE_TENANT = new kx.Template("${tenant}", "", [kx.part("tenant", "")]);
const PICTURE_BY_SIZE_KIND = new kx.Template("${kind}", "", [kx.part("kind", "")]);
const PICTURE_BY_SIZE_SIZE = new kx.Template("${size}", "", [kx.part("size", "")]);
const PICTURE_BY_SIZE_MADE = new kx.Template("${made}", "", [
  kx.part("made", "", { kind: "timestamp" }),
]);
const PICTURE_CAPTION = new kx.Template("${title} (${kind})", "", [
  kx.part("title", " (", { kind: "lower", delimiter: " (" }),
  kx.part("kind", ")"),
]);

/** What the keys of Picture are made of. */
export type PictureSources = {
  readonly tenant?: kx.Maybe<string>;
  readonly kind?: kx.Maybe<"oil" | "ink" | "pencil">;
  readonly id?: kx.Maybe<string>;
  readonly size?: kx.Maybe<kx.NumberLike>;
  readonly made?: kx.Maybe<string | Date>;
  readonly title?: kx.Maybe<string>;
  readonly hidden?: kx.Maybe<boolean>;
};

/**
 * The table's key: pk `${tenant}#${kind}`, id `${id}`. Throws KeyRefused for a source that is
 * missing or cannot be part of a key.
 */
export function pictureKey(
  item: { readonly tenant: string; readonly kind: "oil" | "ink" | "pencil"; readonly id: string },
): { readonly pk: string; readonly id: string } {
  const a = kx.textKey("pk", "hash", PICTURE_PK, item);
  if (a === undefined) throw kx.missing("Picture", [PICTURE_PK, PICTURE_ID], item);
  const b = kx.textKey("id", "range", PICTURE_ID, item);
  if (b === undefined) throw kx.missing("Picture", [PICTURE_PK, PICTURE_ID], item);
  return { pk: a, id: b };
}

function pictureSourced(item: unknown): unknown {
  let known = item;
  known = kx.withDerived(known, "caption", PICTURE_CAPTION);
  return known;
}

/**
 * The key in index by-size: tenant `${tenant}`, kind `${kind}`, size `${size}`, made `${made}`.
 *
 * Undefined where a source is missing, or `when` does not hold: the item is not in it.
 */
export function pictureBySize(
  item: PictureSources,
): { readonly tenant: string; readonly kind: string; readonly size: kx.NumberLike; readonly made: string } | undefined {
  const known = pictureSourced(item);
  if (!kx.isOneOf(known, "hidden", "as-is", [false])) return undefined;
  if (!kx.isOneOf(known, "kind", "as-is", ["oil", "ink"])) return undefined;
  const a = kx.textKey("tenant", "hash", PICTURE_BY_SIZE_TENANT, known);
  if (a === undefined) return undefined;
  const b = kx.textKey("kind", "hash", PICTURE_BY_SIZE_KIND, known);
  if (b === undefined) return undefined;
  const c = kx.numberKey("size", known);
  if (c === undefined) return undefined;
  const d = kx.textKey("made", "range", PICTURE_BY_SIZE_MADE, known);
  if (d === undefined) return undefined;
  return { tenant: a, kind: b, size: c, made: d };
}

/**
 * The key in index LSI: pk `${tenant}#${kind}`, made `${made}`.
 *
 * Undefined where a source is missing: the item is not in it.
 */
export function pictureLsi(
  item: PictureSources,
): { readonly pk: string; readonly made: string } | undefined {
  const known = pictureSourced(item);
  const a = kx.textKey("pk", "hash", PICTURE_PK, known);
  if (a === undefined) return undefined;
  const b = kx.textKey("made", "range", PICTURE_BY_SIZE_MADE, known);
  if (b === undefined) return undefined;
  return { pk: a, made: b };
}

/** Every way to read the text of a key as one of Picture. */
export function explainPicture(key: string): readonly kx.Explanation[] {
  return [
    ...kx.explained("Picture", undefined, "pk", PICTURE_PK, key),
    ...kx.explained("Picture", undefined, "id", PICTURE_ID, key),
    ...kx.explained("Picture", "by-size", "tenant", PICTURE_BY_SIZE_TENANT, key),
    ...kx.explained("Picture", "by-size", "kind", PICTURE_BY_SIZE_KIND, key),
    ...kx.explained("Picture", "by-size", "made", PICTURE_BY_SIZE_MADE, key),
    ...kx.explained("Picture", "LSI", "pk", PICTURE_PK, key),
    ...kx.explained("Picture", "LSI", "made", PICTURE_BY_SIZE_MADE, key),
  ];
}

const QUERY_PICTURE_LARGEST: kx.Pattern = {
  table: "gallery-v2",
  index: "by-size",
  hash: [["tenant", "S", PICTURE_BY_SIZE_TENANT], ["kind", "S", PICTURE_BY_SIZE_KIND]],
  range: [["size", "N"], ["made", "S"]],
  returns: [[PICTURE_BY_SIZE_SIZE, PICTURE_BY_SIZE_MADE]],
  given: [["hidden", "as-is"], ["tenant", "as-is"], ["kind", "as-is"], ["tree.label", "as-is"]],
  filter: ["tree.label"],
  over: ["size", "as-is"],
  forward: false,
  consistent: true,
  limit: 20,
};

/**
 * Which pictures of a kind are the largest?
 *
 * Cursor, limit and so on are taken.
 *
 * Reads index by-size, descending. `range` narrows `size`.
 */
export function queryPictureLargest(
  given: { readonly tenant: string; readonly limit: "oil" | "ink" | "pencil"; readonly label: string },
  options: kx.QueryOptions & { readonly range?: kx.Range<kx.NumberLike> } = {},
): kx.QueryInput {
  const item = { hidden: false, tenant: given.tenant, kind: given.limit, tree: { label: given.label } };
  return kx.query(QUERY_PICTURE_LARGEST, item, options, options.range);
}

const QUERY_PICTURE_LIST: kx.Pattern = {
  table: "gallery-v2",
  hash: [["pk", "S", PICTURE_PK]],
  range: [["id", "S"]],
  returns: [[PICTURE_ID]],
  given: [["tenant", "as-is"], ["kind", "as-is"]],
  over: ["id", "ulid"],
  forward: true,
  limit: 100,
};

/**
 * Which pictures are there.
 *
 * Reads the table, ascending. `range` narrows `id`.
 */
export function queryPictureList(
  given: { readonly tenant: string; readonly kind: "oil" | "ink" | "pencil" },
  options: kx.QueryOptions & { readonly range?: kx.Range<string> } = {},
): kx.QueryInput {
  const item = { tenant: given.tenant, kind: given.kind };
  return kx.query(QUERY_PICTURE_LIST, item, options, options.range);
}

const QUERY_PICTURE_ONLY: kx.Pattern = {
  table: "gallery-v2",
  hash: [["pk", "S", PICTURE_PK]],
  range: [["id", "S"]],
  returns: [[PICTURE_ID]],
  given: [["tenant", "as-is"], ["made", "timestamp"]],
  forward: true,
};

/** Reads the table, ascending. At most one item is expected. */
export function queryPictureOnly(
  given: { readonly tenant: string; readonly made: string | Date },
  options: kx.QueryOptions = {},
): kx.QueryInput {
  const item = { tenant: given.tenant, made: given.made };
  return kx.query(QUERY_PICTURE_ONLY, item, options, undefined);
}

/** Every way to read the text of a key of this table or one of its indexes. */
export function explain(key: string): readonly kx.Explanation[] {
  return [
    ...explainPicture(key),
  ];
}

/** The functions of this module by the stored names. */
export const table = {
  name: "gallery-v2",
  entities: {
    Picture: {
      key: pictureKey,
      indexes: { "by-size": pictureBySize, LSI: pictureLsi },
      queries: { largest: queryPictureLargest, list: queryPictureList, only: queryPictureOnly },
      explain: explainPicture,
    },
  },
  explain,
} as const;
