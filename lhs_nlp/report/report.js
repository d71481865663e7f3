// Filters and jumps. Everything can be read without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const LINES = ["solid", "dashed", "double", "dotted", "wavy"];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const wide = matchMedia("(min-width: 64rem)");
  const jump = document.querySelector(".jump");
  let current = null;

  // ---- filters: one set a document

  const chosen = (sheet, kind) =>
    new Set(all(`[data-filter="${kind}"] input[value]:checked`, sheet).map((box) => box.value));

  function restyle(mark, tag) {
    mark.classList.remove(...LINES, ...[...mark.classList].filter((name) => name.startsWith("hue-")));
    mark.classList.toggle("off", !tag);
    if (tag) mark.classList.add(tag.dataset.line, [...tag.classList].find((name) => name.startsWith("hue-")));
  }

  function filter(sheet) {
    const benefits = chosen(sheet, "benefit");
    const statuses = chosen(sheet, "status");
    const claims = sheet.querySelector("[data-claims]").checked;
    const fits = ({ dataset }) =>
      benefits.has(dataset.benefit) && statuses.has(dataset.status) && (!claims || "claim" in dataset);
    const tags = all(".tag", sheet);
    for (const element of [...tags, ...all(".list li", sheet)]) element.hidden = !fits(element);
    const first = new Map();
    for (const tag of tags.filter((tag) => !tag.hidden)) {
      const passage = tag.closest("mark").dataset.passage;
      if (!first.has(passage)) first.set(passage, tag);
    }
    for (const mark of all("mark", sheet)) restyle(mark, first.get(mark.dataset.passage));
    const shown = tags.filter((tag) => !tag.hidden).length;
    const total = `${tags.length.toLocaleString("en")} ${tags.length === 1 ? "finding" : "findings"}`;
    sheet.querySelector(".shown").textContent =
      shown === tags.length ? total : `${shown.toLocaleString("en")} of ${total} shown`;
    count();
  }

  // ---- jumps: through all documents

  const stops = () => all("mark[id]:not(.off)");

  function count() {
    const marks = stops();
    const at = marks.indexOf(current);
    const total = `${marks.length} ${marks.length === 1 ? "passage" : "passages"}`;
    jump.querySelector(".at").textContent = at < 0 ? total : `${at + 1} of ${marks.length}`;
    for (const button of all("button", jump)) button.disabled = !marks.length;
  }

  function go(step) {
    const marks = stops();
    if (!marks.length) return;
    let at = marks.indexOf(current) + step;
    if (!marks.includes(current)) {
      const below = marks.findIndex((mark) => mark.getBoundingClientRect().top > 0);
      at = step > 0 ? Math.max(below, 0) : (below < 0 ? marks.length : below) - 1;
    }
    select(marks[(at + marks.length) % marks.length]);
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }

  function select(mark) {
    current?.removeAttribute("aria-current");
    current = mark;
    current.setAttribute("aria-current", "true");
    all(".list .here").forEach((entry) => entry.classList.remove("here"));
    const entries = all(`.list a[href="#${mark.id}"]`).map((link) => link.closest("li"));
    entries.forEach((entry) => entry.classList.add("here"));
    // Beside the text the list follows; above the text it would carry the reader away.
    if (wide.matches) entries[0].scrollIntoView({ block: "nearest" });
    count();
  }

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches("mark")) select(target);
  }

  function press(event) {
    const step = { n: 1, p: -1 }[event.key];
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!step || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (jump.querySelector("[data-keys]").checked) go(step);
  }

  // ---- start

  const lists = all("details.list");
  const unfold = () => lists.forEach((list) => (list.open = wide.matches));
  root.classList.add("script");
  unfold();
  wide.addEventListener("change", unfold);
  for (const sheet of all(".panel").map((panel) => panel.closest(".sheet"))) {
    sheet.addEventListener("change", () => filter(sheet));
    filter(sheet);
  }
  for (const button of all("[data-jump]")) button.addEventListener("click", () => go(Number(button.dataset.jump)));
  addEventListener("keydown", press);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => all(".card details").forEach((more) => (more.open = true)));
  jump.hidden = !document.querySelector("mark");
  count();
  follow();
})();
