// Compiles JSON Schemas with ajv in strict mode; tells of each item whether it is valid.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const Ajv = require("ajv/dist/2020.js").default;
const addFormats = require("ajv-formats").default;
const verdicts = JSON.parse(readFileSync(0, "utf8")).map(({ schema, items }) => {
  const warnings = [];
  const log = (...words) => warnings.push(words.join(" "));
  // Keywords of a property may stand beside `required` of another place: strictRequired is a style.
  const ajv = new Ajv({
    strict: true,
    strictRequired: false,
    logger: { log, warn: log, error: log },
  });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return { warnings, valid: items.map((item) => validate(item)) };
});
process.stdout.write(JSON.stringify(verdicts));
