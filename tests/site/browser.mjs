// Drives a headless Chromium: a JSON order a line in, {"report": ...} or {"error": ...} a line out.
//   node browser.mjs NODE_MODULES CHROMIUM < {"task": "...", "base": "http://...", ...}
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [modules, program] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
let order;

const browser = await chromium.launch({
  executablePath: program,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});

/** A page that notes what goes wrong in it. Its context has whatever the order says of the reader. */
async function opened(options = {}) {
  const context = await browser.newContext({
    viewport: { width: order.width ?? 1440, height: 1000 },
    colorScheme: order.scheme ?? "light",
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left takes its running requests with it.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") wrong.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const local = request.url().startsWith(order.base) || /^(data|blob):/.test(request.url());
    if (!local) wrong.push(`elsewhere: ${request.url()}`);
  });
  return [page, wrong];
}

/** What lies beyond the right edge, apart from what its own box scrolls. */
const beyond = () => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const wide = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > room + 1 && one.children.length === 0,
  );
  const names = wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
  return `${document.documentElement.scrollWidth} > ${room}: ${names.join(" ") || "?"}`;
};

/** Cells of tables whose content lies over what is beside them. */
const spilt = () =>
  [...document.querySelectorAll("td, th")]
    .filter((cell) => cell.scrollWidth > cell.clientWidth + 2)
    .map((cell) => `spilt: ${cell.textContent.slice(0, 80)}`);

const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What axe asks of colours; everything else is the same in the dark. */
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

const grave = async ([runOnly, within]) => {
  // Code has the theme's own colours.
  const part = { include: within?.map((one) => [one]), exclude: [["code"]] };
  const found = await window.axe.run(within === undefined ? document : part, { resultTypes: ["violations"], runOnly });
  return found.violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => {
      const [first] = one.nodes;
      return `${one.id} (${one.nodes.length}): ${first.html.slice(0, 160)} ${first.failureSummary}`;
    });
};

/** The other scheme, as the system has it and as the page's own switch chooses it. */
async function turned(page, dark) {
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await page.locator("[data-md-component=palette] label:not([hidden])").click();
  await page.locator(`body[data-md-color-scheme=${dark ? "slate" : "default"}]`).waitFor();
}

const tasks = {
  /** path -> what is wrong with the page. */
  async visit() {
    const [page, wrong] = await opened({ javaScriptEnabled: order.scripts ?? true });
    const report = {};
    for (const path of order.pages) {
      wrong.length = 0;
      await page.goto(order.base + path, { waitUntil: "load" });
      if (order.media) await page.emulateMedia({ media: order.media });
      const found = [];
      if (order.scripts ?? true) {
        const wide = await page.evaluate(beyond);
        if (wide !== "") found.push(`wide: ${wide}`);
        found.push(...(await page.evaluate(spilt)));
        if (order.axe) {
          await page.evaluate(AXE);
          found.push(...(await page.evaluate(grave, [order.within ? COLOURS : EVERYTHING, order.within])));
        }
        if (order.turn) {
          await page.addStyleTag({ content: "* { transition: none !important; }" });
          await turned(page, true);
          found.push(...(await page.evaluate(grave, [COLOURS])).map((one) => `dark: ${one}`));
          await turned(page, false);
        }
      }
      if (order.says) {
        const words = await page.locator("body").innerText();
        found.push(...order.says.filter((one) => !words.includes(one)).map((one) => `no: ${one}`));
      }
      if (order.shots) {
        const name = `${path.replaceAll("/", "_") || "start"}-${order.width}-${order.scheme}.png`;
        await page.screenshot({ path: `${order.shots}/${name}`, fullPage: order.whole ?? true });
      }
      report[path] = [...wrong, ...found];
    }
    return report;
  },

  /** The result of each step, in one page: [kind, ...arguments]. */
  async use() {
    const [page, wrong] = await opened();
    await page.goto(order.base + order.page, { waitUntil: "networkidle" });
    const steps = {
      click: (selector) => page.locator(selector).first().click(),
      fill: (selector, text) => page.locator(selector).first().fill(text),
      // Key by key, for what listens to keys.
      type: (selector, text) => page.locator(selector).first().pressSequentially(text),
      choose: (selector, label) => page.locator(selector).first().selectOption({ label }),
      focus: (selector) => page.locator(selector).first().focus(),
      press: (key) => page.keyboard.press(key),
      scroll: (selector, by) =>
        page.locator(selector).first().evaluate((box, x) => box.scrollBy({ left: x }), by),
      wait: (selector) => page.locator(selector).first().waitFor(),
      texts: (selector) =>
        page.locator(selector).evaluateAll((all) =>
          all.filter((one) => one.checkVisibility()).map((one) => one.textContent.trim()),
        ),
      attribute: (selector, name) => page.locator(selector).first().getAttribute(name),
      style: (selector, name) =>
        page.locator(selector).first().evaluate((one, n) => getComputedStyle(one)[n], name),
      clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    };
    const results = [];
    for (const [kind, ...given] of order.steps) results.push((await steps[kind](...given)) ?? null);
    return { results, wrong };
  },

  /** Keys as the playground builds them: [table, entity, item] -> its places. */
  async keys() {
    const [page] = await opened();
    await page.goto(order.base + order.page, { waitUntil: "load" });
    return page.evaluate(async ([script, calls]) => {
      const { keysOf, readingsOf } = await import(script);
      const { default: fields } = await import(new URL("keys/fields.js", script).href);
      const { canonical, isNumber } = await import(new URL("keys/runtime/values.js", script).href);
      const decode = (value) => {
        if (Array.isArray(value)) return value.map(decode);
        if (typeof value !== "object" || value === null) return value;
        if ("$exact" in value) return { value: value.$exact };
        if ("$float" in value) return Number(value.$float);
        if ("$bigint" in value) return BigInt(value.$bigint);
        if ("$date" in value) return new Date(value.$date);
        if ("$bytes" in value) {
          return Uint8Array.from(atob(value.$bytes), (one) => one.charCodeAt(0));
        }
        return Object.fromEntries(Object.entries(value).map(([n, inner]) => [n, decode(inner)]));
      };
      const encode = (value) => {
        if (value instanceof Uint8Array) return { $bytes: btoa(String.fromCharCode(...value)) };
        return isNumber(value) ? { $number: canonical(value, "") } : value;
      };
      return calls.map((call) => {
        if ("key" in call) return readingsOf(call.key);
        const table = fields.find((one) => one.name === call.table);
        const entity = table.entities.find((one) => one.name === call.entity);
        return keysOf(call.table, entity, decode(call.item)).map(({ index, key, code }) => ({
          index,
          code: code ?? null,
          key: key
            ? Object.fromEntries(Object.entries(key).map(([name, one]) => [name, encode(one)]))
            : null,
        }));
      });
    }, [order.base + order.script, order.calls]);
  },
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    order = JSON.parse(line);
    let answer;
    try {
      answer = { report: await tasks[order.task]() };
    } catch (error) {
      answer = { error: error.stack };
    }
    // The next reader is another one, who has nothing of this one's.
    await Promise.all(browser.contexts().map((context) => context.close()));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
} finally {
  await browser.close();
}
