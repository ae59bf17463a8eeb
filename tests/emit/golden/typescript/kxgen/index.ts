// Exported by kxmodel (codegen 1).
// Do not edit: change the schemas, then run `kxmodel export typescript`.

export * as leads from "./leads.js";
export * as messages from "./messages.js";
export * as personas from "./personas.js";
export * as kx from "./runtime/index.js";
