/**
 * Building DynamoDB keys from templates, and taking them apart again.
 *
 * Plain ES2020 without packages, for browsers and servers. A key comes out as a Python model writes
 * it. Values are expected to be valid; they are brought into the form in which they are stored
 * (lower case, upper-case ULIDs, timestamps in UTC). Only telephone numbers are not: they must be in
 * E.164 already.
 */
import { fromBase64 } from "./bytes.js";
import { e164 } from "./filters.js";
import { KeyRefused, canonical, compareNumbers, isAbsent, isAscii, isMap, isNumber, scalarText, timestamp, toLower, utf8Length, } from "./values.js";
const MAX_HASH_BYTES = 2048;
export const MAX_RANGE_BYTES = 1024;
export class Template {
    constructor(text, prefix, parts) {
        this.text = text;
        this.prefix = prefix;
        this.parts = parts;
    }
    /** The sources that a key does not tell whole. */
    get lossy() {
        const whole = this.parts.filter((part) => !isLossy(part)).map((part) => part.source);
        const all = this.parts.map((part) => part.source);
        return [...new Set(all)].filter((source) => !whole.includes(source));
    }
    /** The key of an item, or undefined where a source is missing and has no default. */
    render(item) {
        const [prefix, open] = this.split(item);
        return open === undefined ? prefix : undefined;
    }
    /** The beginning that the values give, and the first part that is missing. */
    split(item, mayDefault = true) {
        let key = this.prefix;
        for (const part of this.parts) {
            const value = lookup(item, part.source);
            if (!mayDefault && value === undefined)
                return [key, part];
            const text = partText(this, part, value);
            if (text === undefined)
                return [key, part];
            key += text + part.after;
        }
        return [key, undefined];
    }
    /** The sources in a key, or undefined where the key cannot come from this template. */
    takeApart(key) {
        const pieces = cut(this, key);
        if (pieces === undefined)
            return undefined;
        const lossy = this.lossy;
        const texts = new Map();
        for (const [part, piece] of pieces) {
            const text = undo(part, piece);
            if (text === undefined)
                return undefined;
            const known = texts.get(part.source);
            const whole = !isLossy(part);
            if (known === undefined) {
                if (whole || lossy.includes(part.source))
                    texts.set(part.source, text);
            }
            else if (whole && known !== text) {
                return undefined;
            }
        }
        for (const [part, piece] of pieces) {
            if (isLossy(part) && !lossy.includes(part.source)) {
                if (!gives(part, texts.get(part.source), piece))
                    return undefined;
            }
        }
        return Object.fromEntries(texts);
    }
}
export function part(source, after, more = {}) {
    return {
        source,
        kind: more.kind ?? "as-is",
        filters: more.filters ?? [],
        otherwise: more.otherwise,
        shape: more.shape && { width: more.shape[0], pattern: more.shape[1] },
        delimiter: more.delimiter ?? "",
        after,
    };
}
/** The text of one part alone, or undefined where there is none. */
export function partText(template, part, value) {
    const given = isAbsent(value) ? part.otherwise : stored(value, part.kind, part.source);
    if (given === undefined)
        return undefined;
    let current = given;
    for (const filter of part.filters)
        current = filter.apply(current, part.source);
    const text = part.filters.length > 0 ? String(current) : scalarText(current, part.source);
    if (part.delimiter !== "" && (text + part.delimiter).indexOf(part.delimiter) !== text.length) {
        const ends = JSON.stringify(part.delimiter);
        throw new KeyRefused("KX321", part.source, `holds ${ends}, which ends it in ${template.text}`);
    }
    return text;
}
/** The value at a dotted path; undefined where there is none, or a null stands on the way. */
export function lookup(item, path) {
    let current = item;
    for (const name of path.split(".")) {
        if (current === null || current === undefined)
            return undefined;
        if (!isMap(current))
            throw new KeyRefused("KX324", path, "leads through a value that is no map");
        current = Object.prototype.hasOwnProperty.call(current, name) ? current[name] : undefined;
    }
    return current;
}
/** Whether an item has a value at a path. */
export function isPresent(item, path) {
    return !isAbsent(lookup(item, path));
}
/** Whether the value at a path is one of these; numbers are compared by value. */
export function isOneOf(item, path, kind, wanted) {
    const value = lookup(item, path);
    const found = isAbsent(value) ? value : stored(value, kind, path);
    return wanted.some((one) => isSame(found, one));
}
/** A text key attribute, or undefined where the item has none. */
export function textKey(name, role, template, item) {
    const text = template.render(item);
    if (text !== undefined)
        checkSize(name, role, utf8Length(text));
    return text;
}
/** A number key attribute, or undefined where the item has none. */
export function numberKey(source, item) {
    const value = lookup(item, source);
    if (isAbsent(value))
        return undefined;
    if (!isNumber(value))
        throw new KeyRefused("KX324", source, "is not a number, and its key is one");
    canonical(value, source);
    return value;
}
/** A binary key attribute, from bytes or base64; undefined where the item has none. */
export function binaryKey(name, role, source, item) {
    const value = lookup(item, source);
    if (isAbsent(value))
        return undefined;
    const bytes = value instanceof Uint8Array ? value : typeof value === "string" ? fromBase64(value) : undefined;
    if (bytes === undefined)
        throw new KeyRefused("KX324", source, "is not binary, and its key is");
    if (bytes.length === 0)
        return undefined;
    checkSize(name, role, bytes.length);
    return bytes;
}
/** The error of a table key that lacks some of its sources. */
export function missing(entity, templates, item) {
    const lacking = templates.flatMap((template) => template.parts.filter((one) => one.otherwise === undefined && isAbsent(lookup(item, one.source))));
    const names = [...new Set(lacking.map((one) => one.source))];
    const what = names.length > 1 ? "are" : "is";
    const error = new KeyRefused("KX322", names.join(", "), `${what} needed for the key of ${entity}`);
    return error;
}
/** The item with an attribute that a template gives, or without it. */
export function withDerived(item, name, template) {
    const rest = Object.entries(isMap(item) ? item : {}).filter(([other]) => other !== name);
    const text = template.render(Object.fromEntries(rest));
    return Object.fromEntries(text === undefined ? rest : [...rest, [name, text]]);
}
/** A reading of a key by one template, or none. */
export function explained(entity, index, attribute, template, key) {
    const sources = template.takeApart(key);
    if (sources === undefined)
        return [];
    return [{ entity, index, attribute, template: template.text, sources, lossy: template.lossy }];
}
/** A value in the form in which a write stores it. */
export function stored(value, kind, source) {
    if (kind === "timestamp") {
        const text = value instanceof Date || typeof value === "string" ? timestamp(value) : undefined;
        return text ?? value;
    }
    if (typeof value !== "string")
        return value;
    if (kind === "lower")
        return toLower(value, source);
    if (kind === "email")
        return toLower(value.trim().normalize("NFC"), source).normalize("NFC");
    if (kind === "phone")
        return e164.apply(value, source);
    return kind === "ulid" && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(value) && isAscii(value)
        ? value.toUpperCase()
        : value;
}
export function checkSize(name, role, size) {
    const most = role === "hash" ? MAX_HASH_BYTES : MAX_RANGE_BYTES;
    if (size > most)
        throw new KeyRefused("KX323", name, `would be ${size} bytes; it has at most ${most}`);
}
function isLossy(part) {
    return part.filters.some((filter) => filter.lossy);
}
function undo(part, piece) {
    let text = piece;
    for (const filter of [...part.filters].reverse()) {
        if (text === undefined)
            return undefined;
        text = filter.undo(text);
        if (filter.lossy)
            break;
    }
    return text;
}
/** Whether the filters make `piece` of a source's text. */
function gives(part, text, piece) {
    try {
        return (part.filters.reduce((value, filter) => filter.apply(value, part.source), text) ===
            piece);
    }
    catch (error) {
        if (error instanceof KeyRefused)
            return false;
        throw error;
    }
}
function cut(template, key) {
    if (!key.startsWith(template.prefix))
        return undefined;
    let at = template.prefix.length;
    const pieces = [];
    for (const part of template.parts) {
        const end = endOf(part, key, at);
        if (end <= at || !key.startsWith(part.after, end))
            return undefined;
        const piece = key.slice(at, end);
        if (part.shape !== undefined && !part.shape.pattern.test(piece))
            return undefined;
        pieces.push([part, piece]);
        at = end + part.after.length;
    }
    return at === key.length ? pieces : undefined;
}
function endOf(part, key, start) {
    if (part.shape !== undefined)
        return start + part.shape.width;
    return part.delimiter !== ""
        ? key.indexOf(part.delimiter, start)
        : key.length - part.after.length;
}
function isSame(found, wanted) {
    if (typeof wanted === "string")
        return (found instanceof Date ? timestamp(found) : found) === wanted;
    if (typeof wanted === "boolean" || typeof found === "boolean")
        return found === wanted;
    if (!isNumber(found) || !isNumber(wanted))
        return false;
    if (typeof found === "number" && !Number.isFinite(found))
        return false;
    return compareNumbers(found, wanted) === 0;
}
