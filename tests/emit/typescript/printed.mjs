// Prints modules as TypeScript's own printer does, without types and comments: a JSON array of texts
// in, one out. It is called with the path of the package `typescript`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ts = createRequire(import.meta.url)(process.argv[2]);
const compilerOptions = {
  target: ts.ScriptTarget.ES2020,
  module: ts.ModuleKind.ES2020,
  verbatimModuleSyntax: true,
  removeComments: true,
};
const texts = JSON.parse(readFileSync(0, "utf8"));
const printed = texts.map((text) => ts.transpileModule(text, { compilerOptions }).outputText);
process.stdout.write(JSON.stringify(printed));
