// Calls functions of generated modules: a JSON array of calls in, a JSON array of results out.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const modules = await import(new URL("index.js", folder).href);
const { canonical, isNumber, toLower, toUpper, timestamp } = await import(
  new URL("runtime/values.js", folder).href
);

const decode = (value) => {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  if ("$exact" in value) return { value: value.$exact };
  if ("$float" in value) return Number(value.$float);
  if ("$bigint" in value) return BigInt(value.$bigint);
  if ("$date" in value) return new Date(value.$date);
  if ("$bytes" in value) return Uint8Array.from(Buffer.from(value.$bytes, "base64"));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, decode(inner)]));
};
const encode = (value) => {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (isNumber(value)) return { $number: canonical(value, "") };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, encode(inner)]));
};
const functionOf = ({ module, entity, kind, name }) => {
  const own = modules[module].table.entities[entity];
  if (kind === "key") return own.key;
  if (kind === "explain") return own.explain;
  return kind === "index" ? own.indexes[name] : own.queries[name];
};
const text = { lower: toLower, upper: toUpper, timestamp };
const results = JSON.parse(readFileSync(0, "utf8")).map((call) => {
  try {
    const made =
      call.kind in text
        ? text[call.kind](call.arguments[0], "text")
        : functionOf(call)(...call.arguments.map(decode));
    return { made: encode(made) };
  } catch (error) {
    if (error.name !== "KeyRefused") return { broken: String(error.stack) };
    return { refused: error.code, source: error.source };
  }
});
process.stdout.write(JSON.stringify(results));
