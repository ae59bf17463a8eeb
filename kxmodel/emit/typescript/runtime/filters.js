/** The filters of key templates. */
import { sha256, utf8 } from "./bytes.js";
import { KeyRefused, canonical, digitsOf, isE164, isNumber, notANumber, padded, scalarText, timestamp, toLower, toUpper, } from "./values.js";
/** The filter `pad`: a number as text of one width. */
export function pad(width, decimals, rounding) {
    const apply = (value, source) => {
        if (typeof value === "boolean")
            throw notANumber(source);
        const given = typeof value === "string" ? { value } : value;
        if (!isNumber(given))
            throw new KeyRefused("KX324", source, "is not a number");
        if (typeof value === "string" && canonical(given, source) !== value) {
            throw new KeyRefused("KX324", source, "is not a number in its plain spelling");
        }
        return padded(digitsOf(given, source), width, decimals, rounding, source);
    };
    return { name: "pad", lossy: rounding, apply, undo: (text) => canonical({ value: text }, text) };
}
/** The filter `date`: a timestamp in UTC, cut after the unit. */
export function date(unit) {
    const length = { year: 4, month: 7, day: 10, hour: 13 }[unit];
    const apply = (value, source) => {
        if (typeof value !== "string" && !(value instanceof Date)) {
            throw new KeyRefused("KX324", source, "is not a timestamp");
        }
        const text = timestamp(value);
        if (text === undefined)
            throw new KeyRefused("KX312", source, "is not a timestamp");
        return text.slice(0, length);
    };
    const undo = (text) => timestamp(text + "0001-01-01T00:00:00Z".slice(length)) === undefined ? undefined : text;
    return { name: "date", lossy: true, apply, undo };
}
/** The filter `lower`. */
export const lower = changing("lower", toLower, (text) => text.toLowerCase());
/** The filter `upper`. */
export const upper = changing("upper", toUpper, (text) => text.toUpperCase());
/**
 * The filter `e164`: takes what is in E.164 already, since other spellings need tables of all
 * countries. It believes that form: the server refuses a country code that there is not, and takes
 * off a trunk zero after one.
 */
export const e164 = {
    name: "e164",
    lossy: false,
    apply: (value, source) => {
        if (typeof value !== "string")
            throw new KeyRefused("KX324", source, "is not a telephone number");
        if (isE164(value))
            return value;
        throw new KeyRefused("KX314", source, "is not in E.164, like +19545550123: normalise it on the server");
    },
    undo: (text) => (isE164(text) ? text : undefined),
};
/** The filter `shard`: the first 8 bytes of the text's SHA-256, modulo `count`. */
export function shard(count) {
    const width = String(count - 1).length;
    const apply = (value, source) => {
        const digest = sha256(utf8(scalarText(value, source)));
        const first = digest.slice(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
        return String(first % BigInt(count)).padStart(width, "0");
    };
    return {
        name: "shard",
        lossy: true,
        apply,
        undo: (text) => (Number(text) < count ? text : undefined),
    };
}
function changing(name, change, plain) {
    return {
        name,
        lossy: true,
        apply: (value, source) => change(scalarText(value, source), source),
        undo: (text) => (plain(text) === text ? text : undefined),
    };
}
