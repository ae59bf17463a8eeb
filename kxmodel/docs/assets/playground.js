/**
 * The key playground: attributes in, keys out, and keys taken apart.
 *
 * The keys are built by the exported key builders, which lie in ./keys/; nothing here knows how a
 * key is made. `keysOf` and `readingsOf` need no page, so that tests can ask them.
 */

import fields from "./keys/fields.js";
import * as exported from "./keys/index.js";

const modules = Object.values(exported).filter((one) => one.table !== undefined);
const moduleOf = (table) => modules.find((one) => one.table.name === table);

/** The item that texts of a form make: path -> text; what is empty is not there. */
export function itemOf(entity, texts) {
  const item = {};
  for (const { path, type } of entity.fields) {
    const text = texts[path] ?? "";
    if (text === "") continue;
    const names = path.split(".");
    const last = names.pop();
    let inner = item;
    for (const name of names) inner = own(inner, name) ?? put(inner, name, {});
    put(inner, last, valueOf(type, text));
  }
  return item;
}

/** For the table and each index: its key, or why there is none. */
export function keysOf(table, entity, item) {
  const functions = moduleOf(table).table.entities[entity.name];
  return entity.places.map((place) => {
    const make = place.index === null ? functions.key : functions.indexes[place.index];
    try {
      const key = make(item);
      return key === undefined ? { ...place, why: whyAbsent(place, item) } : { ...place, key };
    } catch (error) {
      if (error.name !== "KeyRefused") throw error;
      return { ...place, why: error.message, code: error.code };
    }
  });
}

/** Every way to read a key, in all tables. */
export function readingsOf(key) {
  return fields.flatMap(({ name }) =>
    moduleOf(name)
      .table.explain(key)
      .map((one) => ({ table: name, ...one })),
  );
}

function whyAbsent(place, item) {
  const lacking = place.sources.filter((path) => !exported.kx.isPresent(item, path));
  if (lacking.length > 0) return `not in it: there is no ${lacking.join(", no ")}`;
  return `not in it: an item is there if ${place.when}`;
}

function valueOf(type, text) {
  if (type === "boolean") return text === "true";
  return type === "integer" || type === "number" ? { value: text } : text;
}

function own(holder, name) {
  return Object.prototype.hasOwnProperty.call(holder, name) ? holder[name] : undefined;
}

/** A plain member, whatever its name. */
function put(holder, name, value) {
  Object.defineProperty(holder, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return value;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The text of a key attribute: bytes as base64, exact numbers by their digits. */
function shown(value) {
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  return typeof value === "object" ? value.value : String(value);
}

function control(field, number) {
  const id = `kx-field-${number}`;
  const choices = field.type === "boolean" ? ["true", "false"] : field.choices;
  const input =
    choices.length > 0
      ? element(
          "select",
          { id },
          element("option", { value: "" }, "(none)"),
          ...choices.map((choice) => element("option", { value: choice }, choice)),
        )
      : element("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
  input.dataset.path = field.path;
  return element(
    "div",
    { class: "kx-field" },
    element("label", { for: id }, element("code", {}, field.path)),
    input,
  );
}

function keyRows(place) {
  const where = place.index ?? "The table";
  if (place.why !== undefined) {
    return [
      element(
        "tr",
        { class: "kx-absent" },
        element("th", { scope: "row" }, where),
        element("td", { colspan: "3" }, place.why),
      ),
    ];
  }
  return Object.entries(place.key).map(([name, value], at, all) =>
    element(
      "tr",
      {},
      ...(at === 0 ? [element("th", { scope: "rowgroup", rowspan: String(all.length) }, where)] : []),
      element("td", {}, element("code", {}, name)),
      element("td", {}, element("code", {}, place.keys[name] ?? "")),
      element("td", {}, element("output", { class: "kx-key" }, shown(value))),
    ),
  );
}

function tableOf(heads, rows, label) {
  const head = element("tr", {}, ...heads.map((one) => element("th", { scope: "col" }, one)));
  return element(
    "div",
    { class: "kx-scroll", tabindex: "0", role: "region", "aria-label": label },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)),
  );
}

/** The form that builds keys. */
function builder() {
  const chooser = element("select", { id: "kx-entity" });
  for (const table of fields) {
    const group = element("optgroup", { label: table.title });
    table.entities.forEach((entity) => {
      const option = element("option", {}, `${table.name}: ${entity.name}`);
      option.value = JSON.stringify([table.name, entity.name]);
      group.append(option);
    });
    chooser.append(group);
  }
  const inputs = element("div", { class: "kx-fields" });
  const result = element("div", { "aria-live": "polite", id: "kx-keys" });
  const chosen = () => {
    const [name, entity] = JSON.parse(chooser.value);
    const table = fields.find((one) => one.name === name);
    return [name, table.entities.find((one) => one.name === entity)];
  };
  const show = () => {
    const [table, entity] = chosen();
    const texts = {};
    for (const input of inputs.querySelectorAll("[data-path]")) {
      texts[input.dataset.path] = input.value;
    }
    const places = keysOf(table, entity, itemOf(entity, texts));
    const heads = ["Where", "Attribute", "Template", "Value"];
    result.replaceChildren(tableOf(heads, places.flatMap(keyRows), "The item's keys"));
  };
  const fill = (example) => {
    const [, entity] = chosen();
    inputs.replaceChildren(...entity.fields.map(control));
    entity.fields.forEach((field) => {
      const input = [...inputs.querySelectorAll("[data-path]")].find(
        (one) => one.dataset.path === field.path,
      );
      input.value = example ? field.example : "";
    });
    show();
  };
  const form = element(
    "form",
    { class: "kx-form" },
    element(
      "div",
      { class: "kx-field" },
      element("label", { for: "kx-entity" }, "Entity"),
      chooser,
    ),
    inputs,
    element(
      "div",
      { class: "kx-buttons" },
      element("button", { type: "button", id: "kx-example" }, "The example"),
      element("button", { type: "button", id: "kx-clear" }, "Clear"),
    ),
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => (event.target === chooser ? fill(true) : show()));
  form.querySelector("#kx-example").addEventListener("click", () => fill(true));
  form.querySelector("#kx-clear").addEventListener("click", () => fill(false));
  fill(true);
  return [form, result];
}

/** The form that takes a key apart. */
function reader() {
  const input = element("input", {
    id: "kx-pasted",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
  });
  const result = element("div", { "aria-live": "polite", id: "kx-readings" });
  const show = () => {
    // As it is: a space at its end is a part of a key.
    const key = input.value;
    const found = key === "" ? [] : readingsOf(key);
    if (found.length === 0) {
      const said = key === "" ? "" : "No template of these tables makes such a key.";
      result.replaceChildren(element("p", {}, said));
      return;
    }
    const rows = found.map((one) => {
      const parts = Object.entries(one.sources).map(([path, text]) => {
        const part = one.lossy.includes(path) ? " (a part of it)" : "";
        const value = element("code", { class: "kx-key" }, text);
        return element("li", {}, element("code", {}, path), " = ", value, part);
      });
      return element(
        "tr",
        {},
        element("td", {}, `${one.table}: ${one.entity}`),
        element("td", {}, one.index ?? "The table"),
        element("td", {}, element("code", {}, one.attribute)),
        element("td", {}, element("code", {}, one.template)),
        element("td", {}, parts.length > 0 ? element("ul", {}, ...parts) : "the same for all"),
      );
    });
    const heads = ["Entity", "Where", "Attribute", "Template", "Made of"];
    result.replaceChildren(tableOf(heads, rows, "Readings of the key"));
  };
  input.addEventListener("input", show);
  const field = element(
    "div",
    { class: "kx-field" },
    element("label", { for: "kx-pasted" }, "A key"),
    input,
  );
  const form = element("form", { class: "kx-form" }, field);
  form.addEventListener("submit", (event) => event.preventDefault());
  return [form, result];
}

/** Put both forms into the page's placeholders. */
export function start(page = document) {
  page.getElementById("kx-playground-build")?.replaceChildren(...builder());
  page.getElementById("kx-playground-read")?.replaceChildren(...reader());
}
