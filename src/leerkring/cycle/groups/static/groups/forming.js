/* While groups are being formed: how far it is, and the page again when it is done. Without this the page has a link. */
(() => {
  "use strict";
  const start = () => {
    const busy = document.querySelector("[data-forming]");
    if (!busy) return;
    const bar = busy.querySelector("progress");
    const stage = busy.querySelector("[data-forming-stage]");
    const look = async () => {
      try {
        const answer = await fetch(busy.dataset.forming, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        const now = await answer.json();
        if (!now.busy) return location.reload();
        bar.value = now.percent;
        if (stage.textContent !== now.stage) stage.textContent = now.stage;
      } catch {
        /* The next look tries again. */
      }
      setTimeout(look, 1000);
    };
    setTimeout(look, 700);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
