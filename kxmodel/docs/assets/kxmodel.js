/**
 * What pages do beyond being read: tables sort, a filter narrows, a page copies itself as Markdown,
 * wide boxes can be scrolled by keyboard. Without it everything is still there.
 */
(() => {
  "use strict";

  const own = document.currentScript.src;
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** Once for each element, however often a theme shows a page anew. */
  const done = new WeakMap();
  const each = (selector, change) => {
    const before = done.get(change) ?? new WeakSet();
    done.set(change, before);
    for (const one of document.querySelectorAll(selector)) {
      if (!before.has(one)) {
        before.add(one);
        change(one);
      }
    }
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (body === undefined || heads.length === 0) return;
    const original = [...body.rows];
    const textOf = (row, column) => {
      const cell = row.cells[column];
      return cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
    };
    heads.forEach((head, column) => {
      const button = element("button", { type: "button", class: "kx-sort" }, ...head.childNodes);
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const before = head.getAttribute("aria-sort");
        const now = { none: "ascending", ascending: "descending", descending: "none" }[before];
        for (const other of heads) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", now);
        const sign = now === "descending" ? -1 : 1;
        const compare = (a, b) => sign * collator.compare(textOf(a, column), textOf(b, column));
        body.append(...(now === "none" ? original : [...original].sort(compare)));
      });
    });
  };

  /**
   * A list with a field above it: what has not all the words typed is hidden, and so is a group
   * (`data-kx-group`) of which nothing is left.
   */
  const filterable = (box) => {
    const id = `kx-filter-${document.querySelectorAll(".kx-filter").length}`;
    const entries = [...box.querySelectorAll("li, tbody tr")].filter(
      (entry) => entry.querySelector("li") === null,
    );
    const input = element("input", { id, type: "search", autocomplete: "off" });
    const count = element("span", { class: "kx-count", "aria-live": "polite" });
    const label = element("label", { for: id }, box.dataset.kxFilter || "Filter");
    box.before(element("div", { class: "kx-filter" }, label, input, count));
    const texts = entries.map((entry) => {
      const group = entry.closest("[data-kx-group]");
      return `${group?.dataset.kxGroup ?? ""} ${entry.textContent}`.toLowerCase();
    });
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      entries.forEach((entry, at) => {
        entry.hidden = !words.every((word) => texts[at].includes(word));
        if (!entry.hidden) shown += 1;
      });
      for (const group of box.querySelectorAll("[data-kx-group]")) {
        const inside = entries.filter((entry) => group.contains(entry));
        group.hidden = inside.length > 0 && inside.every((entry) => entry.hidden);
      }
      count.textContent = words.length === 0 ? "" : `${shown} of ${entries.length}`;
    });
  };

  /** Beside the link to a page's Markdown, a button that copies it. */
  const copyable = (line) => {
    const link = line.querySelector("a");
    const said = element("span", { role: "status" });
    const button = element("button", { type: "button", class: "kx-copy" }, "Copy it");
    button.addEventListener("click", async () => {
      try {
        const answer = await fetch(link.href);
        if (!answer.ok) throw new Error(answer.statusText);
        await navigator.clipboard.writeText(await answer.text());
        said.textContent = "Copied.";
      } catch {
        said.textContent = "It cannot be copied here: open the link.";
      }
    });
    line.append(" ", button, " ", said);
  };

  /**
   * A box that is wider than its place gets the focus, so that arrow keys move it, and a mark as
   * long as there is more to the right.
   */
  const scrollable = (box) => {
    const look = () => {
      const beyond = box.scrollWidth - box.clientWidth - Math.abs(box.scrollLeft);
      box.classList.toggle("kx-more", beyond > 1);
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        if (!box.hasAttribute("role")) box.setAttribute("role", "region");
        if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", labelOf(box));
      } else if (box.getAttribute("role") === "region") {
        box.removeAttribute("tabindex");
      }
    };
    new ResizeObserver(look).observe(box);
    box.addEventListener("scroll", look, { passive: true });
  };

  let boxes = 0;
  const labelOf = (box) => {
    const what = box.matches("pre, pre *") ? "Code" : "Table";
    boxes += 1;
    return `${what} ${boxes}`;
  };

  const named = (box) => box.setAttribute("aria-label", "Search");

  /** A theme without boxes around its tables gets them. */
  const boxed = (table) => {
    if (table.closest(".md-typeset__scrollwrap, .kx-scroll, .kx-collections") !== null) return;
    const box = element("div", { class: "kx-scroll" });
    table.before(box);
    box.append(table);
  };

  /** What is linked to inside a folded part is unfolded. */
  const unfold = () => {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch {
      // No UTF-8: as it stands.
    }
    const target = document.getElementById(name);
    for (let box = target?.closest("details"); box; box = box.parentElement?.closest("details")) {
      box.open = true;
    }
  };

  const start = () => {
    // Material's search is a dialog without a name.
    each(".md-search[role=dialog]", named);
    each("article table, [role=main] table, main table", boxed);
    each(".kx-sortable table, table.kx-sortable", sortable);
    each("[data-kx-filter]", filterable);
    each(".kx-source", copyable);
    each(
      ".md-typeset__scrollwrap, .kx-scroll, .kx-collections, .kx-picture, pre > code",
      scrollable,
    );
    if (document.getElementById("kx-playground-build") !== null) {
      import(new URL("playground.js", own).href).then((playground) => playground.start());
    }
    unfold();
  };

  window.addEventListener("hashchange", unfold);
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll("details:not([open])")) {
      box.open = true;
      box.dataset.kxPrinted = "";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const box of document.querySelectorAll("details[data-kx-printed]")) {
      box.open = false;
      delete box.dataset.kxPrinted;
    }
  });
  if (window.document$ !== undefined) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
