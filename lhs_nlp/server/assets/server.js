// Keys, selections, filters, and answers without a reload. Everything but adding to a selection works without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const LINES = ["solid", "dashed", "double", "dotted", "wavy"];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const off = { benefit: new Set(), status: new Set() };
  let current = null; // id of an entry
  let selected = null; // { passage, words }
  let busy = false;
  let pointing = false; // while a button of the mouse is down
  let waiting = []; // keys that were pressed while a decision was on its way

  root.classList.add("script");
  if (!one(".paper")) return;

  // ---- entries

  const entries = () => all("[data-entry]").filter((entry) => !entry.hidden);
  const entry = () => entries().find((each) => each.id === current);

  function choose(next, { focus = true } = {}) {
    if (!next) return;
    current = next.id;
    unselect();
    all(".list .here").forEach((other) => other.classList.remove("here"));
    all("[aria-current=true]").forEach((mark) => mark.removeAttribute("aria-current"));
    next.classList.add("here");
    const place = document.getElementById(`p${next.dataset.passage}`);
    place?.setAttribute("aria-current", "true");
    if (!focus) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    along(calm.matches ? "auto" : "smooth");
  }

  // Where the text stands beside the list, it goes along.
  function along(behavior) {
    if (matchMedia("(min-width: 64rem)").matches)
      document.getElementById(`p${entry()?.dataset.passage}`)?.scrollIntoView({ block: "center", behavior });
  }

  function step(by) {
    const list = entries();
    const at = list.findIndex((each) => each.id === current);
    choose(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length]);
  }

  // ---- decisions

  const versions = () => JSON.parse(one(".paper").dataset.versions);
  const version = (passage, benefit) => versions()[`${passage}-${benefit}`] ?? 0;
  const passageVersion = (passage) =>
    Math.max(0, ...Object.entries(versions()).filter(([cell]) => cell.split("-")[0] === passage).map(([, is]) => is));

  async function send(form, submitter, of = form.closest("[data-entry]")) {
    if (busy) return;
    busy = true;
    try {
      const body = new URLSearchParams(new FormData(form, submitter));
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
      show(new DOMParser().parseFromString(await answer.text(), "text/html"), of?.id);
    } catch {
      say("The server could not be reached: nothing was written. Try again.");
    } finally {
      busy = false;
    }
    while (waiting.length && !busy) meaning(waiting.shift())?.();
  }

  function show(page, decided) {
    if (!one(".paper", page)) {
      say(one(".complaint", page)?.textContent ?? "Nothing was written. Load the page again.");
      return;
    }
    const at = entries().findIndex((each) => each.id === current);
    const remarks = all("[data-entry] [name=comment]").map((field) => [field.closest("[data-entry]").id, field.value]);
    const open = new Map(all("main details[class]").map((each) => [each.classList[0], each.open]));
    const scrolled = one(".panel").scrollTop;
    const top = scrollY;
    one("main").replaceChildren(...one("main", page).childNodes);
    for (const each of all("main details[class]")) each.open = open.get(each.classList[0]) ?? each.open;
    one(".panel").scrollTop = scrolled;
    scrollTo({ top, behavior: "instant" });
    pick(null);
    filter();
    const complaint = one("main .complaint");
    // A comment waits for the decision that takes it along.
    for (const [id, remark] of remarks)
      if (remark && (complaint || id !== decided)) {
        const field = document.getElementById(id)?.querySelector("[name=comment]");
        if (field) field.value = remark;
      }
    const next = entry() ?? entries()[Math.min(at, entries().length - 1)];
    if (next) choose(next, { focus: !complaint });
    if (complaint) say(complaint.textContent);
  }

  function say(sentence) {
    waiting = []; // they were meant for a page on which all had gone well
    one("#said").textContent = sentence;
    one("#said").classList.add("complaint");
    one("#said").scrollIntoView({ block: "nearest" });
  }

  function add(benefit, status) {
    const form = one("#adding form");
    const passage = selected?.passage ?? entry()?.dataset.passage;
    if (passage === undefined) return say("Select words in the text, or choose a finding, to say where the benefit is.");
    form.elements.position.value = passage;
    form.elements.words.value = selected?.words ?? "";
    form.elements.benefit.value = benefit;
    form.elements.status.value = status;
    form.elements.seen.value = version(passage, benefit);
    current = `f${passage}-${benefit}`;
    send(form);
  }

  function none() {
    const passage = selected?.passage ?? entry()?.dataset.passage;
    if (passage === undefined) return;
    const form = one("#passage-form");
    form.elements.position.value = passage;
    form.elements.seen.value = passageVersion(passage);
    const of = selected ? null : entry();
    form.elements.comment.value = of?.querySelector("[name=comment]").value ?? "";
    send(form, undefined, of);
  }

  // ---- selections

  function pick(found) {
    selected = found;
    one("[data-selected]").textContent = found ? `“${found.words.slice(0, 60)}${found.words.length > 60 ? " …" : ""}”` : "the selected text";
  }

  // Whoever goes to a finding means that one, and no longer the words that were selected before.
  function unselect() {
    follow(); // the browser tells of a selection later, and would then tell of this one
    if (selected) getSelection().removeAllRanges();
    pick(null);
  }

  function follow() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const passage = start.closest?.(".paper [data-passage]");
    const words = selection.toString().trim();
    pick(passage && words ? { passage: passage.dataset.passage, words: words.slice(0, 4000) } : null);
  }

  // ---- filters

  function filter() {
    const fits = ({ dataset }) => !off.benefit.has(dataset.benefit) && !off.status.has(dataset.status);
    for (const box of all("[data-filter] input")) box.checked = !off[box.closest("[data-filter]").dataset.filter].has(box.value);
    for (const each of [...all(".tag"), ...all("[data-entry]")]) each.hidden = !fits(each);
    const first = new Map();
    for (const tag of all(".tag")) {
      const passage = tag.closest("mark").dataset.passage;
      if (!tag.hidden && !first.has(passage)) first.set(passage, tag);
    }
    for (const mark of all("mark")) {
      const tag = first.get(mark.dataset.passage);
      mark.classList.remove(...LINES, ...[...mark.classList].filter((name) => name.startsWith("hue-")));
      mark.classList.toggle("off", !tag);
      if (tag) mark.classList.add(tag.dataset.line, [...tag.classList].find((name) => name.startsWith("hue-")));
    }
  }

  // ---- keys

  const press = (key) => entry()?.querySelector(`[data-key="${key}"]`)?.click();

  function restatus() {
    const choice = entry()?.querySelector("select[name=status]");
    if (!choice) return;
    choice.selectedIndex = (choice.selectedIndex + 1) % choice.options.length;
    press("s");
  }

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("a"),
    r: () => press("r"),
    s: restatus,
    n: none,
    c: () => entry()?.querySelector("[name=comment]").focus(),
    u: () => one('.whole [data-key="u"]').click(),
    d: () => one('.whole [data-key="d"]').click(),
    "?": () => one("#help").showModal(),
  };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || one("#help").open) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) {
      // Back to the finding, where a key decides, and sends the comment with it.
      if (event.key === "Escape" || (event.key === "Enter" && event.target.name === "comment")) entry()?.focus();
      return;
    }
    const act = meaning(event.key);
    if (!act) return;
    event.preventDefault();
    // What follows a c is a comment's text, which is nothing to be done later.
    if (!busy) act();
    else if (!waiting.includes("c")) waiting.push(event.key);
  }

  function meaning(pressed) {
    const benefits = one("#adding select[name=benefit]").options;
    const status = one("#adding select[name=status]").value;
    return KEYS[pressed] ?? (/^[1-9]$/.test(pressed) && benefits[pressed - 1] ? () => add(benefits[pressed - 1].value, status) : undefined);
  }

  function focused(target) {
    const within = target?.closest("[data-entry]");
    if (within && within.id !== current && !pointing) choose(within, { focus: false });
  }

  // ---- start

  addEventListener("keydown", key);
  document.addEventListener("selectionchange", follow);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".decide")) return;
    event.preventDefault();
    if (form.closest("#adding")) return add(form.elements.benefit.value, form.elements.status.value);
    send(form, event.submitter);
  });
  document.addEventListener("change", ({ target }) => {
    const kind = target.closest("[data-filter]")?.dataset.filter;
    if (!kind) return;
    off[kind][target.checked ? "delete" : "add"](target.value);
    filter();
    if (!entry()) choose(entries()[0], { focus: false });
  });
  // By a link in the text or by Tab: keys decide on the finding that has the focus.
  document.addEventListener("focusin", ({ target }) => focused(target));
  // Not in the middle of a click: the list would move, and what was clicked on be elsewhere at its end.
  addEventListener("pointerdown", () => { pointing = true; });
  for (const end of ["pointerup", "pointercancel"])
    addEventListener(end, () => setTimeout(() => { pointing = false; focused(document.activeElement); }));
  document.addEventListener("click", (event) => {
    const within = event.target.closest?.("[data-entry]");
    const other = within && within.id !== current;
    if (within) choose(within, { focus: false });
    if (other && !event.target.closest("a")) along(calm.matches ? "auto" : "smooth"); // a link leads there itself
    if (event.target.closest?.("[data-help]")) one("#help").showModal();
    if (event.target.closest?.("[data-none]")) none();
  });
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named?.matches("[data-entry]")) {
    choose(named);
    // Until the page is loaded the browser goes to the finding that the address names, and takes the text back.
    addEventListener("load", () => setTimeout(() => along("auto")));
  } else choose(entries()[0], { focus: false });
})();
