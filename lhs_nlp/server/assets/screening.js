// Keys for screening; everything works without them.
(() => {
  "use strict";
  const form = document.querySelector("[data-decide]");
  let sent = false;

  function press(key) {
    const button = document.querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (!button || button.disabled || sent) return false;
    button.form.requestSubmit(button);
    return true;
  }

  function choose(number) {
    const option = form?.elements.criterion?.options[number];
    if (option) option.selected = true;
    return Boolean(option);
  }

  function write() {
    form?.elements.reason.focus();
    return Boolean(form);
  }

  // A decision that is sent twice would be one on the next record.
  addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.matches?.("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const done = /^[1-9]$/.test(event.key) ? choose(Number(event.key)) : event.key === "r" ? write() : press(event.key);
    if (done) event.preventDefault();
  });
})();
