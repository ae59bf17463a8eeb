// Exported by kxmodel (codegen 1).
// Do not edit: change the schemas, then run `kxmodel export typescript`.

export * as shop from "./shop.js";
export * as kx from "./runtime/index.js";
