/* Sorting by keyboard: a line in focus takes i, v and a; arrows go to other lines. Buttons work without this file. */
(() => {
  "use strict";
  const sorter = document.querySelector("[data-sorter]");
  if (!sorter) return;
  const PLACE = "leerkring-sort:" + location.pathname;
  const lines = () => [...sorter.querySelectorAll("[data-line]")];
  const go = (line) => { if (line) { line.focus(); line.scrollIntoView({ block: "nearest" }); } };

  for (const keys of sorter.querySelectorAll("[data-keys]")) keys.hidden = false;
  sorter.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const line = event.target.closest("[data-line]");
    if (!line) return;
    const all = lines();
    const place = all.indexOf(line);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      go(all[place + step]);
      return;
    }
    const button = line.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
  sorter.addEventListener("submit", (event) => {
    const line = event.submitter && event.submitter.closest("[data-line]");
    if (line) sessionStorage.setItem(PLACE, lines().indexOf(line));
  });
  /* Back after a choice: go on with the line that took its place. */
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  const all = lines();
  if (all.length) {
    for (const line of all) line.tabIndex = 0;
    if (kept !== null) requestAnimationFrame(() => go(all[Math.min(Number(kept), all.length - 1)]));
  }
})();
