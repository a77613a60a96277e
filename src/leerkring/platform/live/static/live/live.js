// Keeps the live regions of a page fresh: asks the page again when the server says that something changed.
// The page is complete without this script.
//
// README.md beside this folder tells how a page takes part.
(() => {
  "use strict";

  const SILENCE = 12000; // after so long without a beat the stream is given up
  const POLL = 5000;
  const BACK = 60000; // try the stream again after polling so long
  const holder = document.querySelector("meta[name=lk-live]");
  if (!holder || !window.EventSource || !window.unpressed) return;

  let ticket = holder.content;
  let lastId = "";
  let source = null;
  let watchdog = 0;
  let poller = 0;
  let retry = 0;
  let pollingSince = 0;
  let failures = 0;
  let refreshing = false;
  let again = false;
  let stopped = false;

  const jitter = (most) => Math.random() * most;
  const address = (path) => path + "?ticket=" + encodeURIComponent(ticket) + "&after=" + lastId;

  function state(name) {
    document.documentElement.dataset.live = name;
  }

  function quiet() {
    if (source) source.close();
    source = null;
    clearTimeout(watchdog);
    clearTimeout(poller);
    clearTimeout(retry);
    poller = 0;
  }

  function heard(event) {
    clearTimeout(watchdog);
    watchdog = setTimeout(startPolling, SILENCE);
    if (event && event.lastEventId) lastId = event.lastEventId;
  }

  function open() {
    quiet();
    if (stopped || document.hidden) return;
    source = new EventSource(address("/live/stream/"));
    heard(null);
    source.addEventListener("hello", (event) => {
      heard(event);
      failures = 0;
      state("stream");
    });
    source.addEventListener("beat", heard);
    source.addEventListener("changed", (event) => {
      heard(event);
      changed(JSON.parse(event.data).facts);
    });
    source.addEventListener("bye", (event) => {
      quiet();
      const reason = JSON.parse(event.data).reason;
      if (reason === "many") return startPolling();
      if (reason === "renew") return renew();
      retry = setTimeout(open, 500 + jitter(2000));
    });
    source.addEventListener("error", () => {
      if (source && source.readyState === EventSource.CLOSED) {
        quiet();
        failures += 1;
        if (failures > 2) return startPolling();
        retry = setTimeout(renew, 500 * failures + jitter(1500));
      }
    });
  }

  function startPolling() {
    quiet();
    if (stopped || document.hidden) return;
    state("poll");
    pollingSince = Date.now();
    poll();
  }

  async function poll() {
    if (stopped || document.hidden) return;
    if (Date.now() - pollingSince > BACK) {
      failures = 0;
      return open();
    }
    try {
      const response = await fetch(address("/live/poll/"), { cache: "no-store" });
      if (response.status === 403) return renew();
      if (response.ok) {
        const news = await response.json();
        lastId = String(news.id);
        if (news.changed) changed(news.facts);
      }
    } catch (error) {
      state("away");
    }
    poller = setTimeout(poll, POLL + jitter(1000));
  }

  // A new ticket comes with the page, if this person may still see it.
  async function renew() {
    if (await refresh()) return open();
    if (!stopped) retry = setTimeout(renew, 5000 + jitter(5000));
  }

  function changed(facts) {
    const event = new CustomEvent("lk:changed", { detail: { facts }, bubbles: true, cancelable: true });
    if (document.body.dispatchEvent(event)) setTimeout(refresh, jitter(300));
  }

  function busy(region) {
    const active = document.activeElement;
    if (active && region.contains(active) && active.matches("input, textarea, select, [contenteditable]")) return true;
    return [...region.querySelectorAll("input, textarea, select")].some((field) =>
      field.type === "checkbox" || field.type === "radio"
        ? field.checked !== field.defaultChecked
        : field.type === "hidden" || field.matches("select")
          ? false
          : field.value !== field.defaultValue
    );
  }

  function swap(page) {
    let swapped = 0;
    for (const region of document.querySelectorAll("[data-live-region][id]")) {
      const fresh = page.getElementById(region.id);
      if (!fresh || fresh.innerHTML === region.innerHTML) continue;
      if (busy(region)) {
        region.addEventListener("focusout", () => setTimeout(refresh, 200), { once: true });
        continue;
      }
      const focused = region.contains(document.activeElement) ? document.activeElement : null;
      const path = focused && (focused.id ? "#" + CSS.escape(focused.id) : focused.getAttribute("href"));
      const open = [...region.querySelectorAll("details[open][id]")].map((details) => details.id);
      region.replaceChildren(...document.adoptNode(fresh).childNodes);
      open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
      if (path) {
        const same = path.startsWith("#")
          ? region.querySelector(path)
          : [...region.querySelectorAll("[href]")].find((link) => link.getAttribute("href") === path);
        (same || region).focus({ preventScroll: true });
      }
      region.dispatchEvent(new CustomEvent("lk:swapped", { bubbles: true }));
      swapped += 1;
    }
    return swapped;
  }

  const said = document.createElement("p");
  said.className = "sr";
  said.setAttribute("role", "status");
  document.body.append(said);

  function announce() {
    said.textContent = "";
    setTimeout(() => {
      said.textContent = holder.dataset.said;
    }, 50);
  }

  // Resolves to true when the page could be asked again.
  async function refresh() {
    if (stopped) return false;
    if (refreshing) {
      again = true;
      return true;
    }
    refreshing = true;
    try {
      const response = await fetch(location.href, {
        cache: "no-store",
        credentials: "same-origin",
        headers: { "X-Live-Refresh": "1" },
      });
      if (response.redirected || response.status === 403 || response.status === 404) {
        stopped = true;
        quiet();
        state("ended");
        return false;
      }
      if (!response.ok) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("meta[name=lk-live]");
      if (fresh) ticket = fresh.content;
      window.unpressed(() => swap(page) && announce());
      return true;
    } catch (error) {
      return false;
    } finally {
      refreshing = false;
      if (again) {
        again = false;
        setTimeout(refresh, 250 + jitter(250));
      }
    }
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return quiet();
    // What changed while nobody looked.
    renew();
  });
  window.addEventListener("pagehide", quiet);
  window.addEventListener("pageshow", (event) => event.persisted && renew());
  open();
})();
