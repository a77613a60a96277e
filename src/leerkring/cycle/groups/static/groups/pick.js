/* Choosing people out of many: a search field and a count. Without this file the whole list is there. */
(() => {
  "use strict";
  const start = () => {
    for (const pick of document.querySelectorAll("[data-pick]")) {
      const find = (name) => pick.querySelector(`[data-pick-${name}]`);
      const choices = [...pick.querySelectorAll("[data-words]")];
      const count = find("count");
      const none = find("none");
      const field = find("search");
      const input = field.querySelector("input");
      const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      const words = choices.map((choice) => plain(choice.dataset.words));
      const tell = () => {
        const n = choices.filter((choice) => choice.querySelector("input").checked).length;
        count.textContent = n === 0 ? count.dataset.none : n === 1 ? count.dataset.one : count.dataset.many.replace("#n", n);
      };
      const sift = () => {
        const asked = plain(input.value).split(/\s+/).filter(Boolean);
        let shown = 0;
        choices.forEach((choice, i) => {
          choice.hidden = !asked.every((word) => words[i].includes(word));
          if (!choice.hidden) shown += 1;
        });
        none.hidden = shown > 0;
      };
      field.hidden = false;
      input.addEventListener("input", sift);
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        const open = choices.filter((choice) => !choice.hidden);
        if (open.length === 1) {
          open[0].querySelector("input").click();
          input.select();
        }
      });
      pick.addEventListener("change", tell);
      tell();
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
