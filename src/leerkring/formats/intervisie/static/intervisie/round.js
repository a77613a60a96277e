// The ring of an intervisie drains by the server's clock; buttons keep focus and sound. Without this script the page
// shows the time at which it was made, and every button is a form.
(() => {
  "use strict";

  const desk = () => document.querySelector("[data-round-desk]");
  let behind = 0; // how far this device is behind the server, in seconds
  let audio = null;
  let told = "";

  const device = () => Date.now() / 1000;

  function read(clock) {
    if (clock.dataset.now && clock.dataset.read !== clock.dataset.now) {
      behind = Number(clock.dataset.now) - device();
      clock.dataset.read = clock.dataset.now;
    }
    if (clock.dataset.left) return { left: Number(clock.dataset.left), paused: true };
    if (!clock.dataset.ends) return null;
    return { left: Math.ceil(Number(clock.dataset.ends) - device() - behind), paused: false };
  }

  function arc(share) {
    const angle = 2 * Math.PI * Math.min(Math.max(share, 0.004), 0.9999);
    const [x, y] = [200 + 170 * Math.sin(angle), 200 - 170 * Math.cos(angle)];
    return `M200 30A170 170 0 ${share > 0.5 ? 1 : 0} 1 ${x.toFixed(1)} ${y.toFixed(1)}`;
  }

  function draw() {
    const clock = document.querySelector("[data-round-clock]");
    const state = clock && read(clock);
    if (!state) return;
    const { left, paused } = state;
    const words = clock.dataset;
    const over = left < 0;
    const text = (over ? "+" : "") + Math.floor(Math.abs(left) / 60) + ":" + String(Math.abs(left) % 60).padStart(2, "0");
    const svg = clock.querySelector("svg");
    const [ring, time, below] = [".tm-arc", ".tm-t", ".tm-s"].map((name) => svg.querySelector(name));
    const kind = paused ? " tm-arc--pause" : left < 60 ? " tm-arc--last" : "";
    ring.setAttribute("class", "tm-arc" + kind);
    ring.setAttribute("d", arc(over ? 1 : left / Math.max(1, words.minutes * 60)));
    time.textContent = text;
    below.textContent = paused ? words.paused : over ? words.over : left < 60 ? words.last : words.of.replace("{n}", words.minutes);
    svg.setAttribute("aria-label", (over ? words.gone : words.togo).replace("{time}", text.replace("+", "")));
    if (!paused) signal(clock.dataset.ends, left);
  }

  // A short tone at the last minute and at the end, once for each step.
  function signal(step, left) {
    const moment = left <= 0 && left > -3 ? "end" : left === 60 ? "last" : "";
    if (!audio || !moment || told === step + moment) return;
    told = step + moment;
    tone(moment === "end" ? [523, 392] : [659]);
  }

  function tone(heights) {
    heights.forEach((height, index) => {
      const [at, sound, volume] = [audio.currentTime + index * 0.35, audio.createOscillator(), audio.createGain()];
      sound.frequency.value = height;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.25, at + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.3);
      sound.connect(volume).connect(audio.destination);
      sound.start(at);
      sound.stop(at + 0.32);
    });
  }

  function dress() {
    const button = document.querySelector("[data-round-sound]");
    if (button && window.AudioContext) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(Boolean(audio)));
      button.textContent = audio ? button.dataset.on : button.dataset.off;
    }
    document.querySelector("[data-round-keys]")?.removeAttribute("hidden");
    const box = document.querySelector("[data-round-keys-on]");
    if (box) box.checked = keysOn();
    draw();
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-round-sound]")) return;
    if (audio) {
      audio.close();
      audio = null;
    } else {
      audio = new AudioContext();
      tone([659]);
    }
    dress();
  });

  // Single keys, which can be turned off; on this device only.
  function keysOn() {
    try {
      return localStorage.getItem("intervisie-keys") !== "off";
    } catch (error) {
      return true;
    }
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-round-keys-on]")) return;
    event.target.defaultChecked = event.target.checked;
    try {
      localStorage.setItem("intervisie-keys", event.target.checked ? "on" : "off");
    } catch (error) {
      // Private windows: on until the page is left.
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !keysOn()) return;
    if (event.target.closest("input, select, textarea, [contenteditable], summary")) return;
    const button = event.key.length === 1 && desk()?.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button && !button.hidden) {
      event.preventDefault();
      button.click();
    }
  });

  // A button acts without leaving the page, so that the sound stays on and the focus where it was.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!desk()?.contains(form) || form.dataset.busy) return event.target.dataset.busy && event.preventDefault();
    event.preventDefault();
    form.dataset.busy = "1";
    const name = event.submitter?.id;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-round-desk]");
      if (!answer.ok || !fresh) return location.reload();
      desk().replaceChildren(...document.adoptNode(fresh).childNodes);
      const [said, news] = [document.querySelector("[data-toasts]"), page.querySelector("[data-toasts]")];
      if (said && news) said.replaceChildren(...document.adoptNode(news).childNodes);
      document.title = page.title;
      dress();
      ((name && document.getElementById(name)) || desk()).focus({ preventScroll: true });
    } catch (error) {
      delete form.dataset.busy;
      form.submit();
    }
  });

  document.addEventListener("lk:swapped", dress);
  document.addEventListener("lk:snapshot", (event) => {
    const clock = document.querySelector("[data-round-clock]");
    if (!clock) return;
    const { ends_at: ends, left_seconds: left, minutes, now } = event.detail.data;
    clock.hidden = minutes == null;
    clock.dataset.now = now;
    clock.dataset.minutes = minutes;
    clock.dataset.left = left ?? "";
    clock.dataset.ends = ends == null ? "" : typeof ends === "number" ? ends : Date.parse(ends) / 1000;
    draw();
  });
  setInterval(draw, 500);
  dress();
})();
