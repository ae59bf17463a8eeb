export * from "./filters.js";
export * from "./keys.js";
export * from "./queries.js";
export { KeyRefused } from "./values.js";
export type { ExactNumber, KeyValue, NumberLike, Source } from "./values.js";

/** A DynamoDB set, as DocumentClient gives it. */
export type SetOf<T> = ReadonlySet<T>;

/** A source that may be missing. */
export type Maybe<T> = T | null | undefined;
