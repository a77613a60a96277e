// A click counts where it began and ended on the same button: while somebody presses, nothing is put in another's place.
(() => {
  "use strict";

  const LONGEST = 1500; // after so long the end of a press is not waited for
  const SETTLED = 60; // the click comes a little after the finger

  let waiting = null;
  let timer = 0;

  function over() {
    const tasks = waiting || [];
    waiting = null;
    tasks.forEach((task) => task());
  }

  function begin() {
    waiting ||= new Set();
    clearTimeout(timer);
    timer = setTimeout(over, LONGEST);
  }

  function end() {
    if (!waiting) return;
    clearTimeout(timer);
    timer = setTimeout(over, SETTLED);
  }

  // A space presses a button too, when it comes up again.
  const onSpace = (act) => (event) => event.key === " " && !event.repeat && act();
  document.addEventListener("pointerdown", begin, true);
  document.addEventListener("pointerup", end, true);
  document.addEventListener("pointercancel", end, true);
  document.addEventListener("keydown", onSpace(begin), true);
  document.addEventListener("keyup", onSpace(end), true);

  // Now, or when nobody presses any more; the same function once.
  window.unpressed = (task) => (waiting ? void waiting.add(task) : task());
})();
