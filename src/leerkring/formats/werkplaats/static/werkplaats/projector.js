// The wall: its ring drains by the server's clock, its pages turn, a letter that is answered closes its ring.
(() => {
  "use strict";

  const wall = document.getElementById("wall");
  const holder = document.querySelector("[data-ring]");
  if (!wall || !holder) return;
  const TURN = 12000;
  const ring = { arc: holder.querySelector(".tm-arc"), text: holder.querySelector(".tm-t"), svg: holder.querySelector("svg") };
  let page = 0;
  let held = false;
  let minutes = 0;
  let paused = false;
  let letters = new Map();

  const pages = () => [...wall.querySelectorAll("[data-page]")];

  function show(number) {
    const all = pages();
    page = (number + all.length) % all.length;
    all.forEach((each, at) => (each.hidden = at !== page));
    const label = wall.querySelector("[data-page-at]");
    if (label) label.textContent = page + 1;
  }

  function draw() {
    const left = window.liveRoom ? liveRoom.left() : null;
    holder.hidden = left == null;
    if (left == null) return;
    const own = Number(wall.querySelector("[data-minutes]")?.dataset.minutes) || minutes;
    const total = Math.max(own * 60, left, 1);
    const share = left < 0 ? 0.9999 : Math.min(Math.max(left / total, 0.004), 0.9999);
    const angle = 2 * Math.PI * share;
    const x = (200 + 170 * Math.sin(angle)).toFixed(1);
    const y = (200 - 170 * Math.cos(angle)).toFixed(1);
    ring.arc.setAttribute("d", `M200 30A170 170 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}`);
    ring.arc.setAttribute("class", "tm-arc" + (paused ? " tm-arc--pause" : left < 60 ? " tm-arc--last" : ""));
    const rest = Math.abs(left);
    const text = (left < 0 ? "+" : "") + Math.floor(rest / 60) + ":" + String(rest % 60).padStart(2, "0");
    if (ring.text.textContent !== text) ring.text.textContent = text;
    ring.text.classList.toggle("is-long", text.length > 4);
    if (rest % 60 === 0) ring.svg.setAttribute("aria-label", text);
  }

  document.body.addEventListener("lk:snapshot", (event) => {
    const data = event.detail.data;
    minutes = data.round ? data.round.minutes : 0;
    paused = data.left_seconds != null;
  });
  wall.addEventListener("lk:swapped", () => {
    show(Math.min(page, pages().length - 1));
    const now = new Map([...wall.querySelectorAll("[data-letter]")].map((each) => [each.dataset.letter, each]));
    for (const [id, each] of now) {
      if (letters.has(id) && letters.get(id) !== each.className + each.innerHTML) each.classList.add("is-closing");
    }
    letters = new Map([...now].map(([id, each]) => [id, each.className.replace(" is-closing", "") + each.innerHTML]));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(page + 1);
    else if (event.key === "ArrowLeft") show(page - 1);
    else if (event.key === " ") held = !held;
    else return;
    event.preventDefault();
  });
  setInterval(() => !held && !document.hidden && pages().length > 1 && show(page + 1), TURN);
  setInterval(draw, 500);
})();
