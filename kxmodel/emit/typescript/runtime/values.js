/** The values that keys are made of: text, numbers, times. */
/** A key that cannot be built. `code` is the one of kxmodel's page of errors. */
export class KeyRefused extends Error {
    constructor(code, source, reason) {
        super(`${source} ${reason}`);
        this.name = "KeyRefused";
        this.code = code;
        this.source = source;
    }
}
export function isAbsent(value) {
    return value === undefined || value === null || value === "";
}
export function isMap(value) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
        return false;
    return !(value instanceof Date || value instanceof Uint8Array || value instanceof Set);
}
/** A value's text inside a key. */
export function scalarText(value, source) {
    if (typeof value === "string") {
        if (/\p{Surrogate}/u.test(value))
            throw new KeyRefused("KX316", source, "has half of a surrogate pair");
        return value;
    }
    if (typeof value === "boolean")
        return value ? "true" : "false";
    if (isNumber(value))
        return canonical(value, source);
    if (value instanceof Date) {
        const text = timestamp(value);
        if (text !== undefined)
            return text;
        throw new KeyRefused("KX312", source, "is no time in the years 1 to 9999");
    }
    throw new KeyRefused("KX324", source, "has a type that has no place in a key");
}
const MAX_DIGITS = 38;
/** The number's digits without exponent and superfluous zeros. */
export function canonical(value, source) {
    const { negative, digits, exponent } = digitsOf(value, source);
    if (digits === "")
        return "0";
    const adjusted = exponent + digits.length - 1;
    if (adjusted < -130 || adjusted > 125 || digits.length > MAX_DIGITS)
        throw notANumber(source);
    const point = digits.length + exponent;
    const sign = negative ? "-" : "";
    if (exponent >= 0)
        return sign + digits + "0".repeat(exponent);
    if (point <= 0)
        return `${sign}0.${"0".repeat(-point)}${digits}`;
    return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
export function isNumber(value) {
    if (typeof value === "number" || typeof value === "bigint")
        return true;
    return isMap(value) && typeof value["value"] === "string" && !(value instanceof Date);
}
/** -1, 0 or 1 as the first number is less than, equal to or greater than the second. */
export function compareNumbers(one, other) {
    const [a, b] = [digitsOf(one, "a number"), digitsOf(other, "a number")];
    const [signA, signB] = [signOf(a), signOf(b)];
    if (signA !== signB || signA === 0)
        return Math.sign(signA - signB);
    const size = a.exponent + a.digits.length - (b.exponent + b.digits.length);
    if (size !== 0)
        return Math.sign(size) * signA;
    return (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0) * signA;
}
export function padded(number, width, decimals, rounding, source) {
    const { negative, digits, exponent } = number;
    const refused = (reason) => new KeyRefused("KX318", source, `does not fit ${width} digits and ${decimals} decimals: ${reason}`);
    if (negative)
        throw refused("it is negative");
    if (digits !== "" && exponent + digits.length > width)
        throw refused("it is too large");
    const shift = exponent + decimals;
    if (digits !== "" && shift < 0 && !rounding)
        throw refused("it has more decimals");
    const scaled = digits === "" ? "" : shift >= 0 ? digits + "0".repeat(shift) : rounded(digits, -shift);
    const text = scaled.padStart(width + decimals, "0");
    if (text.length > width + decimals)
        throw refused("rounded, it is too large");
    return decimals > 0 ? `${text.slice(0, width)}.${text.slice(width)}` : text;
}
/** Whole digits after the last `cut` are rounded off, half to even. */
function rounded(digits, cut) {
    if (cut > digits.length)
        return "0";
    const kept = BigInt(digits.slice(0, digits.length - cut) || "0");
    const rest = digits.slice(digits.length - cut);
    const up = rest > "5" || (rest === "5" && kept % 2n === 1n);
    return String(up ? kept + 1n : kept);
}
/** A time as it is stored, 2024-01-15T10:30:00.000Z; undefined for what is none. */
export function timestamp(value) {
    const at = typeof value === "string" ? milliseconds(value) : value.getTime();
    if (at === undefined || !(at >= FIRST && at <= LAST))
        return undefined;
    return new Date(at).toISOString();
}
export function isE164(text) {
    return /^\+[1-9][0-9]{6,14}$/.test(text);
}
/** Letters to which Unicode 16 or 17 gave another case. */
const UNSETTLED = /[\u{19b}\u{264}\u{1c89}\u{1c8a}\u{a7cb}-\u{a7cf}\u{a7d2}-\u{a7d5}\u{a7da}-\u{a7dc}\u{10d50}-\u{10d65}\u{10d70}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;
export function toLower(text, source) {
    return settled(text, source).toLowerCase();
}
export function toUpper(text, source) {
    return settled(text, source).toUpperCase();
}
/** The text, unless its case depends on the edition of Unicode. */
function settled(text, source) {
    // What stands around a capital sigma decides its small letter, and editions differ on marks.
    const sigma = text.includes("\u03a3") && !/^[\u0000-\u052f\u1e00-\u206f]*$/.test(text);
    if (!sigma && !UNSETTLED.test(text))
        return text;
    throw new KeyRefused("KX324", source, "has a letter on whose case editions of Unicode differ");
}
/** The length in UTF-8, in bytes. */
export function utf8Length(text) {
    let length = 0;
    for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    return length;
}
export function isAscii(text) {
    return utf8Length(text) === text.length;
}
const WRITTEN = /^([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]{1,6}))?$/;
export function digitsOf(value, source) {
    const text = typeof value === "object" ? value.value : String(value);
    const match = text.length <= 1000 ? WRITTEN.exec(text) : null;
    if (match === null)
        throw notANumber(source);
    const fraction = match[3] ?? match[4] ?? "";
    const all = ((match[2] ?? "") + fraction).replace(/^0+/, "");
    const digits = all.replace(/0+$/, "");
    const exponent = Number(match[5] ?? "0") - fraction.length + all.length - digits.length;
    return {
        negative: match[1] === "-" && digits !== "",
        digits,
        exponent: digits === "" ? 0 : exponent,
    };
}
export function notANumber(source) {
    return new KeyRefused("KX315", source, "is not a number that DynamoDB takes");
}
function signOf(number) {
    return number.digits === "" ? 0 : number.negative ? -1 : 1;
}
const TIMESTAMP = /^(?:([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([01][0-9]|2[0-3]):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?|([0-9]{4})([0-9]{2})([0-9]{2})[Tt ]([01][0-9]|2[0-3])([0-9]{2})(?:([0-9]{2})(?:[.,]([0-9]+))?)?)(?:[Zz]|([+-])([0-9]{2})(?::?([0-9]{2}))?)$/;
const FIRST = -62135596800000;
const LAST = 253402300799999;
function milliseconds(text) {
    const match = TIMESTAMP.exec(text);
    if (match === null)
        return undefined;
    const whole = match.slice(match[1] === undefined ? 8 : 1);
    const [year, month, day, hour, minute, second] = whole
        .slice(0, 6)
        .map((digits) => Number(digits ?? "0"));
    if (!year || !month || !day || hour === undefined || minute === undefined || second === undefined)
        return undefined;
    const fraction = Number((whole[6] ?? "").slice(0, 3).padEnd(3, "0"));
    if (month > 12 || minute > 59 || second > 59 || day > daysIn(year, month))
        return undefined;
    const [sign, hours, minutes] = [match[15], Number(match[16] ?? "0"), Number(match[17] ?? "0")];
    if (hours > 23 || minutes > 59)
        return undefined;
    const at = new Date(0);
    at.setUTCFullYear(year, month - 1, day);
    at.setUTCHours(hour, minute, second, fraction);
    const offset = (hours * 60 + minutes) * 60000;
    return at.getTime() - (sign === "-" ? -offset : offset);
}
function daysIn(year, month) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
