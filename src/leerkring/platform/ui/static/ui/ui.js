/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  /* Menus: Escape and a click beside them close them. */
  const menus = () => document.querySelectorAll("details[data-drop][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });

  /* One press, one act: a form that is on its way is not sent twice. Back on the page, it can be sent again. */
  const free = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(() => free(form), 15000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

  /* Nothing typed is lost: fields with data-keep are saved on this device until the server has them. */
  const PREFIX = "leerkring-keep:";
  const WEEKS = 4 * 7 * 24 * 3600 * 1000;
  const store = (() => {
    try { localStorage.setItem(PREFIX, ""); localStorage.removeItem(PREFIX); return localStorage; } catch { return null; }
  })();
  const words = document.documentElement.lang === "nl"
    ? { kept: "Bewaard op dit apparaat.", back: "Je vorige tekst staat weer klaar.", drop: "Begin opnieuw",
        other: "Op dit apparaat staat nog een tekst van jou.", take: "Zet die terug" }
    : { kept: "Kept on this device.", back: "Your earlier text is back.", drop: "Start afresh",
        other: "There is still a text of yours on this device.", take: "Put it back" };
  const note = (field, text, label, action) => {
    let line = field.parentNode.querySelector(".kept");
    if (!line) {
      line = document.createElement("p");
      line.className = "kept";
      line.setAttribute("role", "status");
      field.after(line);
    }
    line.textContent = text;
    if (!action) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lk-plainbutton";
    button.textContent = label;
    button.addEventListener("click", () => { action(); line.remove(); field.focus(); });
    line.append(" ", button);
  };
  const grow = (field) => {
    if (CSS.supports("field-sizing", "content")) return;
    field.rows = Math.min(Math.max(field.value.split("\n").length + 1, Number(field.dataset.rows || field.rows)), 24);
  };
  const keepable = (field) => field.dataset.keep && PREFIX + field.dataset.keep;
  const prepare = (root) => {
    for (const area of root.querySelectorAll("textarea")) { area.dataset.rows = area.rows; grow(area); }
    for (const button of root.querySelectorAll("[data-take]")) button.hidden = false;
    if (!store) return;
    for (const field of root.querySelectorAll("[data-keep]")) {
      const kept = store.getItem(keepable(field));
      if (!kept) continue;
      const { text, from } = JSON.parse(kept);
      if (text === field.value || field.getAttribute("aria-invalid")) continue;
      const before = field.value;
      const put = () => { field.value = text; grow(field); };
      if (from === field.defaultValue) {
        put();
        note(field, words.back, words.drop, () => { field.value = before; grow(field); store.removeItem(keepable(field)); });
      } else {
        note(field, words.other, words.take, put);
      }
    }
  };
  let timer;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.tagName === "TEXTAREA") grow(field);
    if (!store || !keepable(field)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        store.setItem(keepable(field), JSON.stringify({ text: field.value, from: field.defaultValue, at: Date.now() }));
        note(field, words.kept);
      } catch { /* full or refused: the page works without */ }
    }, 600);
  });
  const tidy = () => {
    if (!store) return;
    /* What was sent and did not come back as a mistake has arrived: it need not be kept. Old drafts go too. */
    const sent = sessionStorage.getItem(PREFIX + "sent");
    const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (sent && !returned && !document.querySelector(".is-error, .errsum, .fielderr, #conflict")) {
      for (const key of JSON.parse(sent)) store.removeItem(key);
    }
    sessionStorage.removeItem(PREFIX + "sent");
    for (const key of Object.keys(store)) {
      if (!key.startsWith(PREFIX)) continue;
      try { if (Date.now() - JSON.parse(store.getItem(key)).at > WEEKS) store.removeItem(key); } catch { store.removeItem(key); }
    }
    document.addEventListener("submit", (event) => {
      if (event.target.hasAttribute("data-forget")) {
        for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
      }
      const keys = [...event.target.querySelectorAll("[data-keep]")].map(keepable);
      if (keys.length && !event.defaultPrevented) sessionStorage.setItem(PREFIX + "sent", JSON.stringify(keys));
    });
  };

  /* Two people, one text: take over one of both. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const field = document.querySelector(button.dataset.into);
    field.value = document.querySelector(button.dataset.take).textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  /* A status region speaks only when it changes. */
  const speak = () => {
    for (const region of document.querySelectorAll("[data-toasts]")) {
      if (!region.firstElementChild) continue;
      const content = [...region.childNodes];
      region.replaceChildren();
      requestAnimationFrame(() => setTimeout(() => region.replaceChildren(...content), 60));
    }
  };

  const start = () => { tidy(); prepare(document); speak(); };
  document.addEventListener("lk:swapped", (event) => prepare(event.target));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
