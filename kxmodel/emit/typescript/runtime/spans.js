/** Stretches of a sort key's values, and the one condition that DynamoDB takes for each. */
import { MAX_RANGE_BYTES } from "./keys.js";
import { compareNumbers, utf8Length } from "./values.js";
export function isEmpty(span) {
    if (span.lower === undefined || span.upper === undefined)
        return false;
    const order = compare(span.lower, span.upper);
    return order > 0 || (order === 0 && Boolean(span.lowerOpen || span.upperOpen));
}
/** Whether it is one value. */
export function isExact(span) {
    return (span.lower !== undefined &&
        span.upper !== undefined &&
        compare(span.lower, span.upper) === 0 &&
        !isEmpty(span));
}
/** The smallest span around both. */
export function hull(one, other) {
    let first = one;
    let last = one;
    if (one.lower !== undefined) {
        const order = other.lower === undefined ? -1 : compare(other.lower, one.lower);
        if (order < 0 || (order === 0 && one.lowerOpen))
            first = other;
    }
    if (one.upper !== undefined) {
        const order = other.upper === undefined ? 1 : compare(other.upper, one.upper);
        if (order > 0 || (order === 0 && one.upperOpen))
            last = other;
    }
    return bounded(first.lower, first.lowerOpen, last.upper, last.upperOpen);
}
/** All text that begins with `prefix`. */
export function beginningWith(prefix) {
    return bounded(prefix === "" ? undefined : prefix, false, successor(prefix), true);
}
/** The condition of a Query, or undefined where there is nothing to ask. It may let more through. */
export function condition(span) {
    const [lower, lowerOpen] = fitLower(span.lower, span.lowerOpen ?? false);
    const [upper, upperOpen] = fitUpper(span.upper, span.upperOpen ?? false);
    if (upper === undefined)
        return lower === undefined ? undefined : [lowerOpen ? ">" : ">=", [lower]];
    if (lower === undefined)
        return [upperOpen ? "<" : "<=", [upper]];
    if (compare(lower, upper) === 0)
        return ["=", [lower]];
    if (typeof lower === "string" && upperOpen && !lowerOpen && upper === successor(lower))
        return ["begins_with", [lower]];
    return ["BETWEEN", [lower, upper]];
}
/** The span of all keys that have a text of `texts` for a part, after `prefix`. */
export function around(prefix, part, texts) {
    if (isEmpty(texts))
        return texts;
    const whole = beginningWith(prefix);
    let { lower, lowerOpen, upper, upperOpen } = whole;
    const endsHere = part.after === "" && part.shape === undefined;
    if (typeof texts.lower === "string") {
        lower = prefix + texts.lower;
        lowerOpen = Boolean(texts.lowerOpen) && endsHere;
        if (texts.lowerOpen && part.shape !== undefined)
            lower = successor(lower + part.after) ?? lower;
    }
    if (typeof texts.upper === "string") {
        if (endsHere)
            [upper, upperOpen] = [prefix + texts.upper, texts.upperOpen];
        else
            [upper, upperOpen] = above(prefix, texts.upper, part, Boolean(texts.upperOpen));
    }
    return bounded(lower, lowerOpen, upper, upperOpen);
}
/** The least bound above all keys whose text is up to `last`, where other text follows it. */
function above(prefix, last, part, isOpen) {
    const ends = isOpen ? [] : [prefix + last + part.after];
    const characters = Array.from(last);
    if (part.shape === undefined) {
        for (let length = 1; length < characters.length; length++) {
            ends.push(prefix + characters.slice(0, length).join("") + part.after);
        }
    }
    let bound = prefix + last;
    for (const end of ends) {
        const after = successor(end);
        if (after === undefined)
            return [undefined, false];
        if (compare(after, bound) > 0)
            bound = after;
    }
    return [bound, true];
}
/** The least text after everything that begins with `prefix`; undefined if there is none. */
function successor(prefix) {
    const characters = Array.from(prefix);
    for (let end = characters.length; end > 0; end--) {
        const code = characters[end - 1]?.codePointAt(0) ?? 0;
        if (code < 0x10ffff) {
            const following = code + 1 >= 0xd800 && code + 1 < 0xe000 ? 0xe000 : code + 1;
            return characters.slice(0, end - 1).join("") + String.fromCodePoint(following);
        }
    }
    return undefined;
}
function bounded(lower, lowerOpen, upper, upperOpen) {
    return {
        ...(lower !== undefined && { lower }),
        ...(upper !== undefined && { upper }),
        lowerOpen: Boolean(lowerOpen),
        upperOpen: Boolean(upperOpen),
    };
}
/** As DynamoDB orders them: text by its UTF-8 bytes, which is the order of code points. */
function compare(one, other) {
    if (typeof one === "string" && typeof other === "string") {
        return compareLists(codePoints(one), codePoints(other));
    }
    if (one instanceof Uint8Array && other instanceof Uint8Array)
        return compareLists([...one], [...other]);
    if (typeof one === "string" || one instanceof Uint8Array)
        throw new TypeError("values of two types");
    if (typeof other === "string" || other instanceof Uint8Array)
        throw new TypeError("values of two types");
    return compareNumbers(one, other);
}
function codePoints(text) {
    return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
function compareLists(one, other) {
    for (let i = 0; i < one.length && i < other.length; i++) {
        const difference = (one[i] ?? 0) - (other[i] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return one.length - other.length;
}
function fitLower(value, isOpen) {
    if (typeof value !== "string")
        return [value, isOpen];
    const fitting = cut(value);
    return fitting === value ? [value, isOpen] : [fitting, false];
}
function fitUpper(value, isOpen) {
    let fitted = value;
    let open = isOpen;
    while (typeof fitted === "string" && cut(fitted) !== fitted) {
        // Everything up to the value either lies before the cut text or begins with it.
        fitted = successor(cut(fitted));
        open = true;
    }
    return [fitted, open];
}
/** The longest beginning that fits a sort key. */
function cut(text) {
    if (utf8Length(text) <= MAX_RANGE_BYTES)
        return text;
    let kept = "";
    let size = 0;
    for (const character of text) {
        size += utf8Length(character);
        if (size > MAX_RANGE_BYTES)
            break;
        kept += character;
    }
    return kept;
}
