// Exported by kxmodel (codegen 1).
// Do not edit: change the schemas, then run `kxmodel export typescript`.

export * as club from "./club.js";
export * as gallery_v2 from "./gallery_v2.js";
export * as kx from "./runtime/index.js";
