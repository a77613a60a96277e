// The desk with a keyboard, and without waiting for pages. Every verb is a form that works without this script.
(() => {
  "use strict";

  const root = document.querySelector(".dk");
  if (!root) return;
  const words = document.getElementById("desk-words")?.dataset || {};
  const said = document.querySelector("[data-desk-said]");
  const toasts = document.querySelector("[data-toasts]");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const kept = token();
  const AHEAD = 5000;
  let version = 0;
  let answeredAt = -AHEAD;
  let putting = false;

  function say(text, wrong) {
    said.textContent = "";
    setTimeout(() => (said.textContent = text), 30);
    if (!text) return;
    toasts?.replaceChildren();
    say.toast?.remove();
    const toast = (say.toast = document.createElement("div"));
    toast.className = wrong ? "toast toast--stuck dk-toast" : "toast dk-toast";
    toast.textContent = text;
    toast.setAttribute("aria-hidden", "true");
    root.append(toast);
    clearTimeout(say.timer);
    say.timer = setTimeout(() => toast.remove(), wrong ? 12000 : 3500);
  }

  // What was made for all bears no token of this browser.
  function sign(form) {
    if (form.method !== "post" || form.elements.csrfmiddlewaretoken) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: token() || kept });
    form.append(field);
  }
  document.addEventListener("submit", (event) => sign(event.target), true);

  // What was being typed is there again on the new page, whoever asked for that page.
  const TYPED = "leerkring-desk-typed:" + location.pathname;
  const paper = () => document.getElementById("paper-text");
  const reload = () => location.reload();
  window.addEventListener("pagehide", () => {
    try { sessionStorage.setItem(TYPED, paper()?.value || ""); } catch (error) { /* no room */ }
  });
  try {
    if (paper() && !paper().value) paper().value = sessionStorage.getItem(TYPED) || "";
    sessionStorage.removeItem(TYPED);
  } catch (error) { /* no room on this device: the page works without */ }

  function take(answer) {
    if (!answer.data || !window.liveRoom || answer.data.stage !== root.dataset.stage) return reload();
    answeredAt = performance.now();
    liveRoom.stream.take(answer.data, answer.version);
  }

  // Where one presses, another button comes: "Next round" again, or the next post. The second click of a double click,
  // or of who did not wait for the answer, is not for that one.
  const TWICE = 400; // by finger; of a mouse the device itself says what a double click is
  const FRESH = 400;
  const actions = () => new Set(all("form[data-desk]").map((form) => form.action));
  const pressed = { what: "", at: -Infinity, x: 0, y: 0 };
  let freshAt = -Infinity;
  let fresh = new Set();
  let there = actions();
  function meet() {
    const now = actions();
    const added = [...now].filter((action) => !there.has(action));
    if (added.length) [fresh, freshAt] = [new Set(added), performance.now()];
    there = now;
  }
  document.addEventListener("click", (event) => {
    const form = event.target.closest("button")?.form;
    if (!event.isTrusted || !event.detail || !form?.matches("form[data-desk]")) return;
    const what = form.action + all("input[type=hidden]:not([name=csrfmiddlewaretoken])", form).map((each) => each.value);
    const now = performance.now();
    const isNear = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 24;
    const isTwice = event.detail > 1 || (event.pointerType === "touch" && now - pressed.at < TWICE);
    const isSoon = isTwice || (now - freshAt < FRESH && fresh.has(form.action));
    if (isNear && isSoon && what !== pressed.what) {
      event.preventDefault();
      pressed.at = now;
    } else Object.assign(pressed, { what, at: now, x: event.clientX, y: event.clientY });
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat && event.target.closest?.(".dk button")) event.preventDefault();
  }, true);

  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    form.dataset.busy = "yes";
    try {
      const response = await fetch(form.action, {
        method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" },
      });
      if (!(response.headers.get("Content-Type") || "").startsWith("application/json")) return reload();
      const answer = await response.json();
      all(":scope input[type=checkbox]", form).forEach((box) => response.ok && (box.checked = false));
      if (response.ok && form.matches(".form, .form__inline")) form.reset();
      take(answer);
      putting = putting && !response.ok;
      say(answer.error || answer.said, !response.ok);
      if (form.closest("[data-proposed]")) form.remove();
      count();
    } catch (error) {
      say(words.failed || "", true);
    } finally {
      delete form.dataset.busy;
      delete form.dataset.sent;
      submitter?.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-desk]") || event.defaultPrevented || !window.liveRoom || root.dataset.stage !== "during") return;
    event.preventDefault();
    if (!form.dataset.busy) send(form, event.submitter);
  });

  document.body.addEventListener("lk:acknowledged", (event) => {
    if (event.detail.answer.data) take(event.detail.answer);
    const line = document.querySelector("[data-send-state]");
    const text = line?.textContent;
    setTimeout(() => line?.textContent === text && (line.textContent = ""), 4000);
  });
  document.body.addEventListener("lk:snapshot", (event) => {
    // For a moment one's own act is ahead of the stream; after that the stream is right, whatever its number.
    if (event.detail.version < version && performance.now() - answeredAt < AHEAD) {
      event.detail.isOld = true;
      return event.preventDefault();
    }
    version = event.detail.version;
    if (event.detail.data.stage !== root.dataset.stage) reload();
    place.index = items().indexOf(item());
  });

  document.body.addEventListener("lk:refused", (event) => say(event.detail.answer?.error || "", true));

  // The next sheet of paper begins where this one began.
  document.body.addEventListener("lk:queued", (event) => {
    const { form } = event.detail;
    if (form.matches("[data-sheet]")) form.querySelector("input[type=text]").focus();
  });

  // Where one is in a list stays where one is when the row goes away.
  const place = { index: -1 };
  document.addEventListener("lk:swapped", (event) => {
    all("form[method=post]", event.target).forEach(sign);
    meet();
    ago();
    if (place.index >= 0 && document.activeElement === event.target) go(items()[Math.min(place.index, items().length - 1)]);
    count();
  });

  const items = () => all("[data-list] [data-item]").filter((each) => each.offsetParent);
  const piles = () => all("[data-pile]");
  const item = () => document.activeElement?.closest("[data-item]");
  const chosen = () => all("#put-form input[name=post]:checked");

  function go(target) {
    if (!target) return;
    (target.querySelector(":scope > input[type=checkbox]") || target).focus();
    target.scrollIntoView({ block: "nearest" });
  }

  function count() {
    const number = chosen().length;
    document.querySelector("[data-piles]")?.classList.toggle("has-chosen", number > 0);
  }
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#put-form input[name=post]")) return;
    count();
    said.textContent = chosen().length + " " + words.selected;
  });

  function press(button) {
    if (button) button.click();
  }

  function step(by) {
    const list = putting ? [document.querySelector("[data-put-bar] button"), ...piles()] : items();
    const at = list.indexOf(putting ? document.activeElement.closest("[data-pile]") || document.activeElement : item());
    const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
    go(next);
    if (putting && next) said.textContent = next.dataset.name || words.new;
  }

  function put() {
    if (!chosen().length) return say(words.nothing, true);
    if (putting) {
      const pile = document.activeElement.closest("[data-pile]");
      return press(pile ? pile.querySelector("[data-onto]") : document.querySelector("[data-put-bar] button"));
    }
    putting = true;
    document.getElementById("put-cluster").value = "new";
    document.querySelector("[data-put-bar] button").focus();
    said.textContent = words.putting;
  }

  function name() {
    const pile = document.activeElement.closest("[data-pile]") || document.querySelector("[data-pile]:has(em)") || piles()[0];
    if (!pile) return;
    pile.querySelector("details").open = true;
    const field = pile.querySelector("[data-name-field]");
    field.focus();
    field.select();
  }

  // "2 minutes ago", in the language of the page; without this script the time on the clock stands there.
  const UNITS = [[86400, "day"], [3600, "hour"], [60, "minute"]];
  const clockTimes = new WeakMap();
  function ago() {
    if (!window.Intl || !Intl.RelativeTimeFormat) return;
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "nl", { numeric: "auto" });
    const now = window.liveRoom ? liveRoom.stream.now() : Date.now();
    for (const each of all("[data-ago]")) {
      if (!clockTimes.has(each)) clockTimes.set(each, each.textContent);
      const seconds = Math.round((now - Date.parse(each.dateTime)) / 1000);
      const [size, unit] = UNITS.find(([size]) => seconds >= size) || [Infinity, "second"];
      const text = seconds < 0 || seconds >= 86400 ? clockTimes.get(each) : words.format(Math.ceil(-seconds / size), unit);
      if (each.textContent !== text) each.textContent = text;
    }
  }
  ago();
  setInterval(ago, 20000);

  const verb = (end) => item()?.querySelector(`form[action$="/posts/${end}/"] button`);
  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    p: put, n: name, r: () => press(verb("release")), h: () => press(verb("hold")),
    u: () => press(document.querySelector('#desk-steps form[action$="/undo/"] button')),
    t: () => press(document.querySelector('[aria-keyshortcuts="T"]')),
    "+": () => press(document.querySelector('button[aria-keyshortcuts="+"]')),
    e: () => paper()?.focus(),
    "?": () => document.getElementById("desk-keys")?.showModal(),
    Enter: (event) => (putting && document.activeElement.closest("[data-pile]") ? put() : false),
    Escape: () => {
      putting = false;
      chosen().forEach((box) => (box.checked = false));
      count();
    },
  };
  const OFF = "leerkring-desk-keys-off";
  const switches = document.querySelector("[data-keys-on]");
  let off = false;
  try { off = localStorage.getItem(OFF) === "yes"; } catch (error) { off = false; }
  if (switches) {
    switches.checked = !off;
    switches.addEventListener("change", () => {
      off = !switches.checked;
      try { localStorage.setItem(OFF, off ? "yes" : ""); } catch (error) { return; }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (field) {
      if (event.key === "Enter" && event.target.id === "paper-text" && !event.shiftKey) {
        event.preventDefault();
        event.target.form.requestSubmit();
      } else if (event.key === "Escape") document.getElementById("desk-work").focus();
      return;
    }
    const act = keys[event.key] || keys[event.key.toLowerCase()];
    if (!act || (off && event.key !== "Escape")) return;
    if (act(event) !== false) event.preventDefault();
  });
  all("[data-keys]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", keys["?"]);
  });

  // Proposals come to the page; without script they are a page of their own.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-proposals]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const holder = document.querySelector("[data-proposed]");
    holder.replaceChildren(...document.adoptNode(page.getElementById("proposals")).childNodes);
    holder.hidden = false;
    holder.querySelector("input, p")?.focus();
  });
})();
