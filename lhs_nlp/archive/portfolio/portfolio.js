// Filters, order and pages of the list of documents. Everything can be read without it.
(() => {
  "use strict";
  const PAGE = 50;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const section = document.getElementById("documents")?.closest("section");
  if (!section) return;

  const rows = all("tr[data-v]", section);
  const body = section.querySelector("tbody");
  const text = section.querySelector("[data-text]");
  const order = section.querySelector("[data-order]");
  const selects = all("[data-key]", section);
  // Not innerText: of rows in a block that is folded up that is empty, and of open ones it has the quotations.
  const named = (row) => all(".title, .where", row).map((each) => each.textContent).join("\n");
  const words = new Map(rows.map((row) => [row, named(row).toLowerCase()]));
  let found = rows;
  let at = 0;

  function matches(row) {
    const groups = row.dataset.g.split(",");
    return selects.every(({ value, dataset: { key } }) => {
      const place = Number(key.slice(1));
      return !value || (key[0] === "b" ? row.dataset.v[place] : groups[place]) === value;
    });
  }

  function search() {
    const wanted = text.value.trim().toLowerCase();
    found = rows.filter((row) => words.get(row).includes(wanted) && matches(row));
    if (order.value) {
      const chance = new Map(found.map((row) => [row, Number(row.dataset.p.split(",")[order.value])]));
      found.sort((one, other) => chance.get(other) - chance.get(one));
    }
    turn(-at);
  }

  function turn(step) {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    at = Math.min(Math.max(at + step, 0), pages - 1);
    body.replaceChildren(...found.slice(at * PAGE, (at + 1) * PAGE));
    const number = (count) => count.toLocaleString("en");
    section.querySelector(".at").textContent = `Page ${number(at + 1)} of ${number(pages)}`;
    const total = `${number(rows.length)} ${rows.length === 1 ? "document" : "documents"}`;
    section.querySelector(".shown").textContent =
      found.length === rows.length ? total : `${number(found.length)} of ${total}`;
    for (const button of all("[data-turn]", section)) {
      button.disabled = Number(button.dataset.turn) < 0 ? at === 0 : at === pages - 1;
    }
    section.querySelector(".pages").hidden = pages === 1;
  }

  function choose(wanted) {
    const chosen = new URLSearchParams(wanted);
    text.value = "";
    for (const select of selects) select.value = chosen.get(select.dataset.key) ?? "";
    search();
  }

  // ---- start: one table instead of many

  document.documentElement.classList.add("script");
  const blocks = all(".block", section);
  if (blocks.length) blocks[0].replaceWith(blocks[0].querySelector(".wide"));
  for (const block of blocks.slice(1)) block.remove();
  section.addEventListener("input", search);
  section.querySelector("[data-clear]").addEventListener("click", () => choose(""));
  for (const button of all("[data-turn]", section)) {
    button.addEventListener("click", () => turn(Number(button.dataset.turn)));
  }
  for (const link of all("[data-show]")) link.addEventListener("click", () => choose(link.dataset.show));
  addEventListener("beforeprint", () => found.length <= 1000 && body.replaceChildren(...found));
  addEventListener("afterprint", () => turn(0));
  search();
})();
