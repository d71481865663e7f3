// How far the server is with what takes long: teaching, and documents that are tagged.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const EVERY = 1500; // milliseconds

  // ---- teaching

  const running = () => one('[data-job="running"]');

  async function look() {
    if (!running()) return;
    try {
      const answer = await fetch("/teach", { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (one('[data-job="running"]', page)) tell(page);
      else if (one("[data-job]", page)) end(page);
    } catch {
      // The server may be there again when it is asked next.
    }
    setTimeout(look, EVERY);
  }

  function tell(page) {
    const here = one("[data-job] [role=status]");
    const there = one("[data-job] [role=status]", page);
    // Only what has changed, and where it was, so that it is read aloud, once.
    if (here.textContent === there.textContent) return;
    here.textContent = there.textContent;
    one("[data-job] progress").replaceWith(one("[data-job] progress", page));
  }

  function end(page) {
    const status = one("[data-job] [role=status]", page);
    const sentence = status.textContent;
    status.textContent = "";
    one("main").replaceChildren(...one("main", page).childNodes);
    // What is to be read aloud must come to a place that was there before.
    setTimeout(() => { status.textContent = sentence; }, 100);
  }

  setTimeout(look, EVERY);

  // ---- uploads

  const form = one("[data-upload]");
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const STAGES = {
    received: () => ["Received; it is being read."],
    waiting: () => ["Others are tagged first."],
    read: ({ pages, words }) => [
      `Read: ${pages === null ? "" : `${counted(pages, "page")}, `}${counted(words, "word")}.`,
    ],
    passages: ({ total }) => [`Tagging ${counted(total, "passage")}.`, 0, total],
    // The bar alone: a sentence for each step would be read aloud.
    tagged: ({ done, total }) => [null, done, total],
  };

  function told(sentence, done, total) {
    const bar = one("[data-progress] progress");
    one("[data-progress]").hidden = false;
    const status = one("[data-progress] [role=status]");
    if (sentence && status.textContent !== sentence) status.textContent = sentence; // else it would be read aloud again
    if (total) Object.assign(bar, { max: total, value: done });
    else bar.removeAttribute("value");
  }

  function complain(sentence) {
    one("[data-complaint]").textContent = sentence;
    one("[data-complaint]").hidden = !sentence;
  }

  function take(line) {
    if (line.stage === "failed") return complain(line.detail);
    if (line.stage !== "result") return told(...(STAGES[line.stage]?.(line) ?? []));
    const page = new DOMParser().parseFromString(line.html, "text/html");
    one("[data-result]").replaceChildren(...page.body.childNodes);
    one("#result").focus();
  }

  function send() {
    // Not fetch: that does not tell how much is sent.
    const request = new XMLHttpRequest();
    const stop = one("[data-stop]");
    const button = one("button:not([type])", form);
    let read = 0;
    let ended = false;
    const follow = () => {
      const lines = request.responseText.slice(read).split("\n");
      for (const line of lines.slice(0, -1)) {
        read += line.length + 1;
        const said = JSON.parse(line);
        ended ||= said.stage === "result" || said.stage === "failed";
        take(said);
      }
    };
    request.open("POST", form.getAttribute("action"));
    request.setRequestHeader("accept", "application/x-ndjson");
    request.upload.onprogress = ({ loaded, total }) => told("Sending.", loaded, total);
    request.onprogress = () => request.status === 200 && follow();
    request.onload = () => {
      if (request.status === 200) return follow();
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const sentence = one("main [data-complaint]", page) ?? one("main p", page);
      // What a proxy refuses, for its size or in the server's absence, is a page of another kind.
      complain((sentence ?? page.body).textContent.trim());
    };
    request.onloadend = () => {
      if (request.status === 200 && !ended && !stop.hidden) complain("The server has not ended its answer. Try again.");
      else if (request.status === 0 && !stop.hidden) complain("The server could not be reached. Try again.");
      one("[data-progress]").hidden = stop.hidden = true;
      button.disabled = false;
    };
    stop.onclick = () => {
      stop.hidden = true;
      request.abort();
      button.focus();
    };
    complain("");
    one("[data-result]").replaceChildren();
    told("Sending.");
    stop.hidden = false;
    button.disabled = true;
    request.send(new FormData(form));
  }

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const largest = Number(form.dataset.largest);
    // The server would hang up in the middle, and its reason be lost.
    if (form.elements.file.files[0]?.size > largest * 1e6) complain(`The document is too large: at most ${largest} MB.`);
    else send();
  });
})();
