// The code at the door: fetched anew when it changes; says so when there is no connection; keeps the screen awake.
(() => {
  "use strict";

  const door = document.querySelector("[data-door]");
  const lost = document.querySelector("[data-door-lost]");
  if (!door || !lost) return;
  const OFTEN = 10;

  function plan() {
    const mark = door.querySelector("[data-next]");
    const next = lost.hidden ? Math.min(Number(mark ? mark.dataset.next : OFTEN) + 0.3, OFTEN) : 3;
    window.setTimeout(refresh, next * 1000);
  }

  async function refresh() {
    try {
      const answer = await fetch(door.dataset.door, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      door.replaceChildren(...fresh.body.childNodes);
      lost.hidden = true;
    } catch {
      lost.hidden = false;
    }
    plan();
  }

  async function stayAwake() {
    try {
      if (document.visibilityState === "visible") await navigator.wakeLock.request("screen");
    } catch {
      // The screen then sleeps as the device is used to.
    }
  }

  if (navigator.wakeLock) {
    stayAwake();
    document.addEventListener("visibilitychange", stayAwake);
  }
  plan();
})();
