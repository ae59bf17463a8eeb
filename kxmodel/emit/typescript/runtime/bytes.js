/** Text and base64 as bytes, and SHA-256, which browsers have only as a promise. */
export function utf8(text) {
    const bytes = [];
    for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        if (code < 0x80)
            bytes.push(code);
        else if (code < 0x800)
            bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
        else if (code < 0x10000)
            bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
        else
            bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return Uint8Array.from(bytes);
}
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
export function fromBase64(text) {
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
        return undefined;
    const bytes = [];
    let held = 0;
    let bits = 0;
    for (const character of text.replace(/=+$/, "")) {
        held = ((held << 6) | BASE64.indexOf(character)) & 0xfff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push((held >> bits) & 0xff);
        }
    }
    return Uint8Array.from(bytes);
}
/** The digest by FIPS 180-4. */
export function sha256(message) {
    const primes = firstPrimes(64);
    const k = primes.map((prime) => fractionBits(Math.cbrt(prime)));
    let state = primes.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)));
    const blocks = Math.ceil((message.length + 9) / 64);
    const bytes = new Uint8Array(blocks * 64);
    bytes.set(message);
    bytes[message.length] = 0x80;
    const view = new DataView(bytes.buffer);
    view.setUint32(bytes.length - 8, Math.floor((message.length * 8) / 2 ** 32));
    view.setUint32(bytes.length - 4, (message.length * 8) >>> 0);
    for (let block = 0; block < blocks; block++) {
        const w = Array.from({ length: 16 }, (_, i) => view.getUint32(block * 64 + i * 4));
        for (let i = 16; i < 64; i++) {
            const [a, b] = [at(w, i - 15), at(w, i - 2)];
            const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
            const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
            w.push((at(w, i - 16) + s0 + at(w, i - 7) + s1) >>> 0);
        }
        let now = [...state];
        for (let i = 0; i < 64; i++) {
            const [a, b, c, e, f, g] = [
                at(now, 0),
                at(now, 1),
                at(now, 2),
                at(now, 4),
                at(now, 5),
                at(now, 6),
            ];
            const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
            const t1 = (at(now, 7) + s1 + ((e & f) ^ (~e & g)) + at(k, i) + at(w, i)) >>> 0;
            const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
            const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
            now = [(t1 + t2) >>> 0, a, b, c, (at(now, 3) + t1) >>> 0, e, f, g];
        }
        state = state.map((value, i) => (value + at(now, i)) >>> 0);
    }
    return state.flatMap((word) => [
        word >>> 24,
        (word >>> 16) & 255,
        (word >>> 8) & 255,
        word & 255,
    ]);
}
function firstPrimes(count) {
    const primes = [];
    for (let n = 2; primes.length < count; n++) {
        if (primes.every((prime) => n % prime !== 0))
            primes.push(n);
    }
    return primes;
}
function fractionBits(root) {
    return Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;
}
function turn(word, by) {
    return (word >>> by) | (word << (32 - by));
}
function at(words, index) {
    return words[index] ?? 0;
}
