/* Harvest at the speed of typing. Without this file the page works as a plain form.

   Each line has a key made here, so that sending it twice is one line. Lines that are not sent yet stay on this device
   and go by themselves when the network is back, also after closing and opening the page. */
(() => {
  "use strict";
  const form = document.querySelector("[data-harvest]");
  if (!form || !window.fetch) return;
  const said = form.dataset;
  const input = form.querySelector("[name=text]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const list = document.querySelector("[data-lines]");
  const state = form.querySelector("[data-state]");
  const hint = form.querySelector("[data-kind]");
  const heading = document.querySelector("[data-count]");
  const signs = [...form.querySelectorAll("[data-sign]")];
  const STORE = "leerkring-keep:" + said.store;

  /* What waits, kept on this device. */
  let queue = [];
  const keep = () => {
    try {
      if (!queue.length && !input.value.trim()) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, JSON.stringify({ at: Date.now(), lines: queue, draft: changing ? "" : input.value }));
    } catch { /* full or refused: lines still go while the page is open */ }
  };
  const newKey = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const say = (text) => { if (state.textContent !== text) state.textContent = text; };
  const waiting = () => say(queue.length === 1 ? said.saidOne : said.saidWaiting.replace("#n", queue.length));
  const signOf = (text) => {
    const first = text.trim()[0] === "=" ? "-" : text.trim()[0];
    return signs.find((sign) => sign.dataset.sign === first);
  };
  const count = (more) => {
    const n = Number(heading.dataset.count) + more;
    heading.dataset.count = n;
    heading.textContent = n === 1 ? heading.dataset.one : heading.dataset.many.replace("#n", n);
    const none = document.querySelector("[data-none]");
    if (none && n) none.remove();
    const sort = document.querySelector("[data-sort]");
    if (sort && n) sort.hidden = false;
  };

  /* A line on screen before the server has it. */
  const show = (line) => {
    const item = document.createElement("li");
    const sign = signOf(line.text);
    item.className = "is-waiting";
    item.innerHTML = '<span class="mark"><span class="letter letter--open letter--s"><svg aria-hidden="true"><use href="#l-open"/></svg><b></b></span></span><div><p class="line__t"></p></div>';
    item.querySelector("b").textContent = sign ? sign.dataset.sign : "·";
    const text = item.querySelector("p");
    text.textContent = sign ? line.text.trim().slice(1).trim() : line.text;
    text.dataset.waits = said.saidPending;
    list.prepend(item);
    return item;
  };
  const shown = new Map();
  const placeOf = (line) => (line.id ? document.getElementById("line-" + line.id) : shown.get(line.key));

  /* Sending: one after the other, in the order of typing. */
  let busy = false;
  let pause = 0;
  let timer = 0;
  const later = () => {
    pause = Math.min(pause ? pause * 2 : 2000, 30000);
    clearTimeout(timer);
    timer = setTimeout(pump, pause);
    waiting();
  };
  const done = (line) => {
    queue = queue.filter((other) => other !== line);
    shown.delete(line.key);
    keep();
  };
  async function pump() {
    if (busy) return;
    busy = true;
    while (queue.length) {
      const line = queue[0];
      const body = new FormData();
      body.set("csrfmiddlewaretoken", token);
      body.set("text", line.text);
      body.set("key", line.key);
      if (line.id) body.set("revision", line.revision);
      let answer;
      let text;
      try {
        const address = line.id ? said.again.replace("/0/", `/${line.id}/`) : said.send;
        const stop = new AbortController();
        const late = setTimeout(() => stop.abort(), 15000);
        answer = await fetch(address, { method: "POST", body, redirect: "manual", signal: stop.signal });
        text = await answer.text();
        clearTimeout(late);
      } catch {
        busy = false;
        return later();
      }
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) {
        busy = false;
        return say(said.saidOut);
      }
      if (answer.status >= 500 || answer.status === 429) {
        busy = false;
        return later();
      }
      pause = 0;
      const place = placeOf(line);
      if (answer.ok) {
        const made = document.createElement("template");
        made.innerHTML = text.trim();
        const item = made.content.firstElementChild;
        const twin = document.getElementById(item.id);
        if (place) place.replaceWith(item);
        else if (twin) twin.replaceWith(item);
        else list.prepend(item);
        if (!line.id && !twin) count(1);
        say(`${line.id ? said.saidChanged : said.saidSent}. ${heading.textContent}`);
      } else {
        if (place && !line.id) place.remove();
        if (!input.value.trim()) { input.value = line.text; mark(); }
        say(text || said.saidWrong);
        done(line);
        busy = false;
        return undefined;
      }
      done(line);
    }
    busy = false;
    return undefined;
  }

  /* Arrow up: change the last line, or the one before. */
  let changing = null;
  const stopChanging = () => {
    if (changing) changing.classList.remove("is-changing");
    changing = null;
  };
  const change = (item) => {
    stopChanging();
    if (!item) { input.value = ""; say(""); mark(); return; }
    changing = item;
    item.classList.add("is-changing");
    item.scrollIntoView({ block: "nearest" });
    input.value = item.dataset.typed;
    say(said.saidEditing);
    mark();
  };
  const mark = () => {
    const now = input.value.trim() ? signOf(input.value) : undefined;
    for (const sign of signs) sign.classList.toggle("is-on", sign === now);
    hint.textContent = now ? now.dataset.name : "";
    hint.hidden = !now;
  };

  const enter = () => {
    const text = input.value.trim();
    if (!text) return;
    const line = { key: newKey(), text };
    if (changing) {
      line.id = changing.id.replace("line-", "");
      line.revision = changing.dataset.revision;
      changing.querySelector(".line__t").textContent = text;
      stopChanging();
    } else {
      shown.set(line.key, show(line));
    }
    queue.push(line);
    input.value = "";
    mark();
    keep();
    clearTimeout(timer);
    pump();
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); enter(); input.focus(); });
  input.addEventListener("input", () => { mark(); keep(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && changing) {
      event.preventDefault();
      change(null);
    } else if (event.key === "ArrowUp" && (changing || !input.value)) {
      event.preventDefault();
      const next = changing ? changing.nextElementSibling : list.querySelector("li[data-typed]");
      if (next) change(next);
    } else if (event.key === "ArrowDown" && changing) {
      event.preventDefault();
      const before = changing.previousElementSibling;
      change(before && before.dataset.typed ? before : null);
    }
  });
  window.addEventListener("online", () => { pause = 0; pump(); });
  window.addEventListener("offline", () => { if (queue.length) waiting(); });
  window.addEventListener("pagehide", keep);

  for (const keys of form.querySelectorAll("[data-keys]")) keys.hidden = false;
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) || "null");
    if (kept) {
      queue = kept.lines || [];
      for (const line of queue) if (!line.id) shown.set(line.key, show(line));
      if (kept.draft && !input.value) input.value = kept.draft;
    }
  } catch { /* what is there cannot be read: begin afresh */ }
  mark();
  pump();
})();
