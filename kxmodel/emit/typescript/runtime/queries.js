/**
 * The Query of an access pattern, as DocumentClient's QueryCommand takes it.
 *
 * A Query can read more than the pattern asks for: DynamoDB takes one condition on the sort key,
 * BETWEEN takes both its ends in, and several entities can share a partition.
 */
import { binaryKey, checkSize, lookup, numberKey, partText, stored, textKey } from "./keys.js";
import { around, beginningWith, condition, hull, isEmpty, isExact } from "./spans.js";
import { KeyRefused, isAbsent, isNumber, scalarText, utf8Length } from "./values.js";
/** The Query of a pattern. item: the values given, nested as they are in an item. */
export function query(pattern, item, options, range) {
    const values = new Map(pattern.given.map(([path, kind]) => [path, given(item, path, kind)]));
    const hash = pattern.hash.map(([name, type, template]) => [name, hashValue(name, type, template, item)]);
    const narrowing = narrowed(pattern, range);
    const parts = sortParts(pattern, item, narrowing);
    const settled = settledBy(pattern, parts);
    const names = {};
    const marks = {};
    const conditions = hash.map(([name, value], number) => {
        const mark = `pk${number || ""}`;
        names[`#${mark}`] = name;
        marks[`:${mark}`] = value;
        return `#${mark} = :${mark}`;
    });
    stretch(pattern, parts, narrowing).forEach(([name, span], number) => {
        const found = condition(span);
        if (found === undefined)
            return;
        const [operator, operands] = found;
        const mark = `sk${number || ""}`;
        names[`#${mark}`] = name;
        const used = operands.length === 1 ? [`:${mark}`] : [`:${mark}_from`, `:${mark}_to`];
        operands.forEach((operand, at) => (marks[used[at] ?? ""] = operand));
        conditions.push(written(operator, `#${mark}`, used));
    });
    const compared = [...values].filter(([path]) => pattern.filter?.includes(path) || !settled.has(path));
    const filter = filters(pattern, compared, names, marks);
    const limit = options.limit ?? pattern.limit;
    return {
        TableName: options.tableName ?? pattern.table,
        ...(pattern.index !== undefined && { IndexName: pattern.index }),
        KeyConditionExpression: conditions.join(" AND "),
        ...(filter !== "" && { FilterExpression: filter }),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: marks,
        ScanIndexForward: pattern.forward !== (options.reverse ?? false),
        ...(pattern.consistent && { ConsistentRead: true }),
        ...(limit !== undefined && { Limit: limit }),
        ...(options.startKey !== undefined && { ExclusiveStartKey: options.startKey }),
    };
}
function given(item, path, kind) {
    const value = lookup(item, path);
    if (isAbsent(value))
        throw new KeyRefused("KX408", path, "is not given");
    const kept = stored(value, kind, path);
    if (kept instanceof Date)
        return scalarText(kept, path);
    if (typeof kept === "boolean" || kept instanceof Uint8Array)
        return kept;
    if (isNumber(kept)) {
        scalarText(kept, path);
        return kept;
    }
    return scalarText(kept, path);
}
function hashValue(name, type, template, item) {
    const value = keyValue(name, type, "hash", template, item);
    if (value === undefined)
        throw new KeyRefused("KX411", name, "needs more than what is given");
    return value;
}
function keyValue(name, type, role, template, item) {
    const source = template.parts[0]?.source ?? name;
    if (type === "N")
        return numberKey(source, item);
    return type === "B" ? binaryKey(name, role, source, item) : textKey(name, role, template, item);
}
function narrowed(pattern, range) {
    if (range === undefined)
        return undefined;
    const over = pattern.over;
    if (over === undefined)
        throw new KeyRefused("KX409", pattern.table, "has no range to narrow here");
    const bound = (value, open) => {
        if (isAbsent(value))
            throw new KeyRefused("KX409", over[0], "is missing in the range");
        return { value: stored(value, over[1], over[0]), open };
    };
    if ("beginsWith" in range)
        return range.beginsWith === "" ? undefined : { beginning: range.beginsWith };
    if ("between" in range) {
        return { lower: bound(range.between[0], false), upper: bound(range.between[1], false) };
    }
    const lower = range.ge !== undefined
        ? bound(range.ge, false)
        : range.gt !== undefined
            ? bound(range.gt, true)
            : undefined;
    const upper = range.le !== undefined
        ? bound(range.le, false)
        : range.lt !== undefined
            ? bound(range.lt, true)
            : undefined;
    if (lower === undefined && upper === undefined)
        return undefined;
    return { ...(lower && { lower }), ...(upper && { upper }) };
}
function sortParts(pattern, item, narrowing) {
    if (pattern.all && narrowing === undefined)
        return [[]];
    const all = pattern.returns.map((templates) => {
        const parts = [];
        for (const [at, [name, type]] of pattern.range.entries()) {
            const template = templates[at];
            if (template === undefined)
                break;
            const part = sortPart(name, type, template, item, narrowing, pattern.over?.[0]);
            parts.push(part);
            if (part.open !== undefined)
                break;
        }
        return parts;
    });
    if (narrowing === undefined)
        return all;
    const found = all.filter((parts) => parts.some((part) => part.open === pattern.over?.[0]));
    if (found.length > 0)
        return found;
    throw new KeyRefused("KX411", pattern.over?.[0] ?? "", "is not the first part of the sort key that is left open");
}
function sortPart(name, type, template, item, narrowing, over) {
    if (type !== "S")
        return typed(name, type, template, item, narrowing, over);
    const [prefix, open] = template.split(item, false);
    checkSize(name, "range", utf8Length(prefix));
    const before = open === undefined ? template.parts : template.parts.slice(0, template.parts.indexOf(open));
    const settled = before.map((part) => part.source);
    if (open === undefined)
        return { span: { lower: prefix, upper: prefix }, settled };
    const span = narrowing === undefined || open.source !== over
        ? beginningWith(prefix)
        : narrowedSpan(template, prefix, open, narrowing);
    return { span, settled, open: open.source };
}
function typed(name, type, template, item, narrowing, over) {
    const source = template.parts[0]?.source ?? name;
    const value = keyValue(name, type, "range", template, item);
    if (value !== undefined)
        return { span: { lower: value, upper: value }, settled: [source] };
    if (narrowing === undefined || source !== over)
        return { span: {}, settled: [], open: source };
    if (narrowing.beginning !== undefined)
        throw new KeyRefused("KX409", source, "is no text that could begin with another");
    const { lower, upper } = narrowing;
    const span = {
        ...(lower && { lower: sortValue(lower.value, type, source), lowerOpen: lower.open }),
        ...(upper && { upper: sortValue(upper.value, type, source), upperOpen: upper.open }),
    };
    return { span, settled: [], open: source };
}
function sortValue(value, type, source) {
    if (type === "B" && value instanceof Uint8Array)
        return value;
    if (type === "N" && isNumber(value)) {
        scalarText(value, source);
        return value;
    }
    throw new KeyRefused("KX324", source, `is no value of a key of type ${type}`);
}
function narrowedSpan(template, prefix, part, narrowing) {
    if (!isOrdered(part))
        throw new KeyRefused("KX409", part.source, "stands in the key as a shard, which has no order");
    if (narrowing.beginning !== undefined) {
        if (part.filters.some((filter) => filter.name === "pad"))
            throw new KeyRefused("KX409", part.source, "is no text that could begin with another");
        const cased = part.filters.filter((filter) => filter.name === "lower" || filter.name === "upper");
        const beginning = cased.reduce((text, filter) => filter.apply(text, part.source), scalarText(narrowing.beginning, part.source));
        return beginningWith(prefix + beginning);
    }
    const lower = boundText(template, part, narrowing.lower?.value);
    const upper = boundText(template, part, narrowing.upper?.value);
    return around(prefix, part, {
        ...(lower !== undefined && { lower, lowerOpen: narrowing.lower?.open ?? false }),
        ...(upper !== undefined && { upper, upperOpen: narrowing.upper?.open ?? false }),
    });
}
function isOrdered(part) {
    return part.filters.every((filter) => filter.name !== "shard");
}
function boundText(template, part, value) {
    return value === undefined ? undefined : partText(template, part, value);
}
function settledBy(pattern, parts) {
    const ofHash = pattern.hash.flatMap(([, , template]) => template.parts.filter(isOrdered));
    const each = parts.map((one) => one.flatMap((part) => part.settled));
    const ofAll = (each[0] ?? []).filter((source) => each.every((settled) => settled.includes(source)));
    return new Set([...ofHash.map((part) => part.source), ...ofAll]);
}
/** The spans around what every entity needs; only the last may be more than one value. */
function stretch(pattern, parts, narrowing) {
    const alive = parts.filter((one) => one.every((part) => !isEmpty(part.span)));
    if (alive.length === 0)
        throw new KeyRefused("KX409", pattern.over?.[0] ?? "", "has a range in which nothing can lie");
    const spans = [];
    for (const [at, [name]] of pattern.range.entries()) {
        const each = alive.flatMap((one) => one.slice(at, at + 1).map((part) => part.span));
        const [first, ...others] = each;
        if (first === undefined || each.length < alive.length)
            break;
        let span = others.reduce(hull, first);
        const exact = isExact(span);
        if (pattern.along && narrowing === undefined && !exact)
            span = beginningAlike(span, each);
        spans.push([name, span]);
        if (!exact)
            break;
    }
    return spans;
}
function beginningAlike(span, each) {
    const lowers = each.flatMap((one) => (typeof one.lower === "string" ? [one.lower] : []));
    if (lowers.length < each.length)
        return each.some((one) => one.lower === undefined) ? {} : span;
    let shared = Array.from(lowers[0] ?? "");
    for (const lower of lowers) {
        while (!lower.startsWith(shared.join("")))
            shared = shared.slice(0, -1);
    }
    return beginningWith(shared.join(""));
}
function written(operator, name, marks) {
    if (operator === "begins_with")
        return `begins_with(${name}, ${marks[0]})`;
    return operator === "BETWEEN"
        ? `${name} BETWEEN ${marks.join(" AND ")}`
        : `${name} ${operator} ${marks[0]}`;
}
/** The filter expression, in which no key attribute of the query may stand (DynamoDB's rule). */
function filters(pattern, compared, names, marks) {
    const keys = [...pattern.hash, ...pattern.range].map(([name]) => name);
    const conditions = compared.map(([path, value], number) => {
        if (keys.includes(path))
            return "";
        const segments = path.split(".").map((segment, depth) => {
            names[`#f${number}_${depth}`] = segment;
            return `#f${number}_${depth}`;
        });
        marks[`:f${number}`] = value;
        return `${segments.join(".")} = :f${number}`;
    });
    return conditions.filter((one) => one !== "").join(" AND ");
}
