export * from "./filters.js";
export * from "./keys.js";
export * from "./queries.js";
export { KeyRefused } from "./values.js";
