// Forms marked data-send-once: what was sent is kept on the phone until the server has it, and counts once.
// Each sending bears a key made here; the server knows it again. Without this script the form works as any other.
// Where a form names an address in data-send-several, what waits there goes together, in order, each with its own key.
(() => {
  "use strict";

  const words = document.querySelector("meta[name=lk-sending]");
  if (!words) return;

  const STORE = "lk-sending";
  const MOST = 20;
  const owner = words.content;
  let waiting = [];
  let busy = false;
  let latest = {};
  let together = true;
  let tries = 0;
  let timer = 0;

  function load() {
    try {
      return JSON.parse(localStorage.getItem(STORE)) || [];
    } catch (error) {
      return waiting;
    }
  }

  function keep(list) {
    waiting = list;
    try {
      localStorage.setItem(STORE, JSON.stringify(list));
    } catch (error) {
      // No room on the phone: it stays in this page.
    }
  }

  const mine = () => load().filter((entry) => entry.owner === owner);
  const drop = (key) => keep(load().filter((entry) => entry.key !== key));

  // randomUUID exists on https only.
  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function say(text) {
    let line = document.querySelector("[data-send-state]");
    if (!line) {
      line = document.createElement("p");
      line.className = "send-state";
      line.dataset.sendState = "";
      line.setAttribute("role", "status");
      (document.querySelector("main") || document.body).append(line);
    }
    if (line.textContent !== text) line.textContent = text;
  }

  function tell(name, detail) {
    document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  // Whole, as what waits may be sent from another page.
  const target = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  const isEmpty = (form) => [...form.querySelectorAll("textarea, input[type=text]")].every((field) => !field.value);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-send-once]") || event.defaultPrevented) return;
    event.preventDefault();
    // The second click of a double click: what was written is on its way.
    if (form === latest.form && performance.now() - latest.at < 1000 && form.querySelector("textarea") && isEmpty(form)) return;
    latest = { form, at: performance.now() };
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "key" && typeof value === "string");
    if (event.submitter && event.submitter.name) fields.push([event.submitter.name, event.submitter.value]);
    const entry = { key: newKey(), owner, to: target(form), fields };
    // Of a thing that is set, such as points, only the latest counts.
    if (form.dataset.sendOnce) entry.slot = form.dataset.sendOnce;
    if (form.dataset.sendSeveral) entry.several = new URL(form.dataset.sendSeveral, location.href).pathname;
    keep([...load().filter((old) => !entry.slot || old.slot !== entry.slot || old.owner !== owner), entry]);
    tell("lk:queued", { key: entry.key, fields: Object.fromEntries(fields), form });
    if (!entry.slot) form.reset();
    tries = 0;
    send();
  });

  async function send() {
    clearTimeout(timer);
    const queue = mine();
    const [entry] = queue;
    if (busy || !entry) return;
    // Only what stands in front, so that nothing overtakes anything.
    const end = queue.findIndex((each) => each.several !== entry.several);
    const batch = entry.several && together ? queue.slice(0, end < 0 ? MOST : Math.min(end, MOST)) : [entry];
    const isBatch = batch.length > 1;
    busy = true;
    if (tries === 0) say(words.dataset.sending);
    try {
      const body = new URLSearchParams(isBatch ? [] : entry.fields);
      if (isBatch) body.set("entries", JSON.stringify(batch.map(({ key, fields }) => ({ key, fields }))));
      else body.set("key", entry.key);
      const token = document.querySelector("input[name=csrfmiddlewaretoken]");
      if (token) body.set("csrfmiddlewaretoken", token.value);
      const abort = new AbortController();
      const patience = setTimeout(() => abort.abort(), 15000);
      const response = await fetch(isBatch ? entry.several : entry.to, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { Accept: "application/json" },
        signal: abort.signal,
      });
      clearTimeout(patience);
      const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const answer = isJson ? await response.json() : null;
      if (response.ok && isJson && isBatch) settle(batch, answer.answers || []);
      else if (response.ok && isJson) done(entry, answer);
      else if (isBatch && response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status)) {
        together = false; // one by one it is told which of them cannot be taken
        tries = 0;
      } else if (await isFinal(response, isJson)) refused(entry, answer);
      else again(Number(response.headers.get("Retry-After")) * 1000);
    } catch (error) {
      again(0);
    }
    busy = false;
    if (tries === 0) send();
  }

  function settle(batch, answers) {
    const found = new Map(answers.map((answer) => [answer.key, answer]));
    for (const entry of batch) {
      const answer = found.get(entry.key);
      if (!answer) return void again(0); // this one and those behind it are not taken yet
      if (answer.status < 400) done(entry, answer);
      else refused(entry, answer);
    }
  }

  function done(entry, answer) {
    drop(entry.key);
    tries = 0;
    say(mine().length ? words.dataset.sending : words.dataset.sent);
    tell("lk:acknowledged", { key: entry.key, answer, fields: Object.fromEntries(entry.fields) });
  }

  // A page instead of an answer, or a form that is too old: get a new form first, then send the same again.
  async function isFinal(response, isJson) {
    if (isJson) return response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status);
    if (response.status !== 403 || tries > 1) return [400, 404, 410, 413, 422].includes(response.status);
    const page = await (await fetch(location.href, { cache: "no-store", credentials: "same-origin" })).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("input[name=csrfmiddlewaretoken]");
    if (fresh) {
      document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = fresh.value));
    }
    return !fresh;
  }

  // Nothing is lost: the words go back into the form.
  function refused(entry, answer) {
    drop(entry.key);
    tries = 0;
    say((answer && answer.error) || words.dataset.refused);
    const form = [...document.querySelectorAll("form[data-send-once]")].find(
      (each) => target(each) === entry.to && isEmpty(each)
    );
    for (const [name, value] of form && !entry.slot ? entry.fields : []) {
      const field = form.querySelector(`textarea[name="${CSS.escape(name)}"], input[type=text][name="${CSS.escape(name)}"]`);
      if (field) field.value = value;
    }
    tell("lk:refused", { key: entry.key, answer, fields: Object.fromEntries(entry.fields) });
  }

  function again(after) {
    tries += 1;
    say(words.dataset.waiting.replace("%s", mine().length));
    timer = setTimeout(send, after || Math.min(15000, 500 * 2 ** tries) * (0.5 + Math.random()));
  }

  const now = () => mine().length && send();
  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.hidden || now());
  document.addEventListener("lk:live", (event) => event.detail.state === "stream" && now());
  window.sendOnce = { waiting: mine };
  now();
})();
