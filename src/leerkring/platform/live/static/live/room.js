// Shows the snapshots of one topic on a page, and counts its timers by the server's clock.
// Marks on the page: data-live-html="html", data-live-text="round.title", data-live-timer, data-live-state.
(() => {
  "use strict";

  const holder = document.querySelector("meta[name=lk-topic]");
  if (!holder || !window.EventSource || !window.LiveStream || !window.unpressed) return;

  let latest = {};
  const shown = new WeakMap();
  const at = (path) => path.split(".").reduce((part, name) => (part == null ? part : part[name]), latest);

  function tell(name, detail) {
    return document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
  }

  // What somebody is typing goes along to the new field of the same name; so do focus and caret.
  function swap(region, html) {
    const typed = [...region.querySelectorAll("input, textarea, select")].map((field) => {
      const ticked = field.type === "checkbox" || field.type === "radio";
      const changed = ticked
        ? field.checked !== field.defaultChecked
        : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
      return { name: field.name, id: field.id, value: field.value, checked: field.checked, ticked, changed };
    });
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    const [from, to] = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : [];
    const open = [...region.querySelectorAll("details[open][id]")].map((details) => details.id);
    region.innerHTML = html;
    for (const old of typed) {
      if (!old.changed) continue;
      const same = [...region.querySelectorAll("input, textarea, select")].find(
        (field) => field.name === old.name && field.id === old.id && (!old.ticked || field.value === old.value)
      );
      if (same && old.ticked) same.checked = old.checked;
      else if (same) same.value = old.value;
    }
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (!focused) return;
    const same =
      (focused.id && document.getElementById(focused.id)) ||
      (focused.name && region.querySelector(`[name="${CSS.escape(focused.name)}"]`)) ||
      [...region.querySelectorAll("button")].find((button) => button.textContent === focused.textContent) ||
      region;
    if (same === region && !region.hasAttribute("tabindex")) region.tabIndex = -1;
    same.focus({ preventScroll: true });
    if (from != null && same.setSelectionRange && same !== region) same.setSelectionRange(from, to);
  }

  function render() {
    for (const region of document.querySelectorAll("[data-live-html]")) {
      const html = at(region.dataset.liveHtml);
      if (html == null || shown.get(region) === html) continue;
      shown.set(region, html);
      swap(region, html);
      region.dispatchEvent(new CustomEvent("lk:swapped", { bubbles: true }));
    }
    for (const element of document.querySelectorAll("[data-live-text]")) {
      const text = String(at(element.dataset.liveText) ?? "");
      if (element.textContent !== text) element.textContent = text;
    }
    tick();
  }

  // `ends_at` is a moment of the server: seconds since 1970, or as text; `left_seconds` stands still.
  function left() {
    if (latest.left_seconds != null) return latest.left_seconds;
    if (latest.ends_at == null) return null;
    const end = typeof latest.ends_at === "number" ? latest.ends_at * 1000 : Date.parse(latest.ends_at);
    return Math.ceil((end - stream.now()) / 1000);
  }

  function tick() {
    const seconds = left();
    for (const timer of document.querySelectorAll("[data-live-timer]")) {
      timer.hidden = seconds == null;
      const rest = Math.max(0, seconds || 0);
      const text = Math.floor(rest / 60) + ":" + String(rest % 60).padStart(2, "0");
      if (timer.textContent !== text) timer.textContent = text;
      timer.toggleAttribute("data-over", seconds != null && seconds <= 0);
    }
  }

  let line = document.querySelector("[data-live-state]");
  if (!line) {
    line = document.createElement("p");
    line.className = "live-state";
    line.hidden = true;
    line.setAttribute("role", "status");
    (document.querySelector("main") || document.body).prepend(line);
  }
  let wasAway = false;

  function say(name) {
    document.documentElement.dataset.live = name;
    const texts = { away: holder.dataset.away, ended: holder.dataset.ended, gone: holder.dataset.gone };
    line.textContent = texts[name] || (wasAway ? holder.dataset.back : "");
    line.hidden = !line.textContent;
    if (!texts[name]) setTimeout(() => (line.hidden = line.textContent === holder.dataset.back || line.hidden), 4000);
    wasAway = name === "away";
    tell("lk:live", { state: name });
  }

  const stream = new window.LiveStream(holder.content, holder.dataset.fresh, {
    state: say,
    snapshot(data, version) {
      const before = latest;
      latest = { ...data, now: stream.now() / 1000 };
      const detail = { data: latest, version };
      if (tell("lk:snapshot", detail)) window.unpressed(render);
      else if (detail.isOld) latest = before;
    },
  });
  window.liveRoom = { render, left, stream };
  setInterval(tick, 500);
})();
