// What is personal on a phone in a werkplaats: what I sent, my points, wishes and answers, beside the shared screen.
// The page works without it. Screens come from room.js, sending is done by sending.js (both of platform/live).
(() => {
  "use strict";

  const phone = document.querySelector("[data-phone]");
  if (!phone) return;
  const region = document.getElementById("round");
  const find = (selector, root = phone) => root.querySelector(selector);
  const all = (selector, root = phone) => [...root.querySelectorAll(selector)];
  const token = find("input[name=csrfmiddlewaretoken]");
  const KEEP = "leerkring-keep:";

  let mine = JSON.parse(document.getElementById("mine")?.textContent || "{}");
  mine.parts = Object.fromEntries(all("[data-part]").map((part) => [part.dataset.part, part.innerHTML]));
  let { stamp, round, ask } = phone.dataset;
  let news = null; // the latest snapshot, also when it is not shown yet
  let fetching = 0;
  let old = 0; // how often in a row what came was of before
  let late = false; // something was asked and did not come yet
  const underway = new Map(); // what was set or said here and has no answer yet: of a thing that is set the latest
  const dropped = new Set();
  const rows = new Map(); // what was queued and is not in `mine` yet

  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(KEEP + key))?.text || ""; } catch (error) { return ""; }
  };
  const keep = (key, text) => {
    try {
      if (text) localStorage.setItem(KEEP + key, JSON.stringify({ text, from: "", at: Date.now() }));
      else localStorage.removeItem(KEEP + key);
    } catch (error) { /* no room on the phone */ }
  };
  const say = (text) => {
    const line = find("[data-said]");
    line.textContent = "";
    setTimeout(() => (line.textContent = text), 60);
  };

  /* The shared screen, and a text that somebody is writing while the round changes. */

  const unsent = (field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  const written = () => all("textarea", region).filter((field) => field.value.trim() && unsent(field));
  const writing = () => written().length > 0; // an empty field holds nobody back, also when it has the focus

  document.body.addEventListener("lk:snapshot", (event) => {
    news = event.detail.data;
    clock();
    if (news.stamp === stamp) {
      event.preventDefault();
      if (news.ask !== ask) refresh(6000); // the same screen, and something personal changed
      ask = news.ask;
      return;
    }
    if (String(news.round) !== round && writing()) {
      event.preventDefault();
      for (const field of written()) keep(field.dataset.keep, field.value);
      if (find("[data-next]").hidden) say(find("[data-next] b").textContent + ". " + find("[data-next] p").textContent);
      find("[data-next]").hidden = false;
    }
  });
  find("[data-go]").addEventListener("click", () => {
    for (const field of written()) keep(field.dataset.keep, field.value);
    region.replaceChildren(); // what was written is kept, and not carried to another field of the same name
    window.liveRoom.render();
    find("#main").focus({ preventScroll: true });
  });
  region.addEventListener("lk:swapped", () => {
    if (!news) return;
    const other = String(news.round) !== round;
    ({ stamp } = news);
    round = String(news.round);
    find("[data-next]").hidden = true;
    for (const form of all("form[method=post]", region)) if (!form.csrfmiddlewaretoken) form.prepend(token.cloneNode());
    if (other) {
      find("[data-send-state]").textContent = "";
      rows.clear();
      mine = { parts: { me: mine.parts.me, sign_in: mine.parts.sign_in } };
      document.title = news.title + document.title.slice(document.title.lastIndexOf(" · "));
      say(find("[data-said]").dataset.roundChanged + " " + news.title);
      window.scrollTo(0, 0);
    }
    show();
    if (other || news.ask !== ask) refresh(other ? 1500 : 3000);
    ask = news.ask;
  });

  /* What is mine. */

  async function refresh(most) {
    const turn = ++fetching;
    late = true;
    await new Promise((done) => setTimeout(done, Math.random() * most));
    if (turn !== fetching || underway.size) return; // asked again when what is under way has arrived
    try {
      const response = await fetch("../mine/", { cache: "no-store", headers: { Accept: "application/json" } });
      if (!response.ok) return;
      const fresh = await response.json();
      if (turn !== fetching || underway.size) return;
      late = false;
      if (String(fresh.round ?? "") !== round) return void refresh(4000); // asked between two rounds
      const isOld = fresh.ask && news && fresh.ask !== news.ask;
      if (isOld && ++old < 4) return void refresh(2000); // asked while something changed
      old = 0;
      mine = fresh;
      window.unpressed(show);
    } catch (error) { /* without a connection: asked again when it is back */ }
  }

  function show() {
    for (const [name, html] of Object.entries(mine.parts || {})) {
      const part = find(`[data-part="${name}"]`);
      if (part && html != null && part.innerHTML.trim() !== html.trim()) part.innerHTML = html;
    }
    showRows();
    showPoints();
    showResults();
    showWishes();
    showReplies();
    showLeft();
    all("textarea[maxlength]").forEach(count);
  }

  function showRows() {
    const list = find('[data-part="queue"]');
    if (!list) return;
    list.hidden = !rows.size;
    list.replaceChildren(...[...rows].map(([key, text]) => {
      const row = document.getElementById("queued").content.firstElementChild.cloneNode(true);
      find("span", row).textContent = text;
      find("button", row).addEventListener("click", () => drop(key));
      return row;
    }));
  }

  function arrived(key) {
    for (const [slot, latest] of underway) if (latest === key) underway.delete(slot);
    if (late && !underway.size) refresh(0);
  }

  function drop(key) {
    arrived(key);
    dropped.add(key);
    rows.delete(key);
    try {
      const waiting = JSON.parse(localStorage.getItem("lk-sending")) || [];
      localStorage.setItem("lk-sending", JSON.stringify(waiting.filter((entry) => entry.key !== key)));
    } catch (error) { /* it is taken back as soon as it has arrived */ }
    showRows();
  }

  function set(button, name, value) {
    if (button.getAttribute(name) !== String(value)) button.setAttribute(name, value);
  }

  function showPoints() {
    const list = find("[data-points]");
    if (!list || !mine.points) return;
    const budget = Number(list.dataset.budget);
    const most = Number(list.dataset.most || budget);
    const left = budget - Object.values(mine.points).reduce((sum, given) => sum + given, 0);
    for (const stack of all("[data-target]", list)) {
      const given = mine.points[stack.dataset.target] || 0;
      stack.classList.toggle("is-chosen", given > 0);
      find("[data-given]", stack).firstChild.data = given;
      const [fewer, more] = all("[data-step]", stack);
      set(fewer, "value", Math.max(0, given - 1));
      set(fewer, "aria-disabled", given === 0);
      set(more, "value", given + 1);
      set(more, "aria-disabled", left <= 0 || given >= most);
    }
    remember();
    const number = find("[data-left]");
    if (number.textContent !== String(left)) number.textContent = left;
    find("[data-dots]").replaceChildren(...Array.from({ length: budget <= 12 ? budget : 0 }, (_, index) => {
      const dot = document.createElement("i");
      dot.classList.toggle("is-left", index < left);
      return dot;
    }));
  }

  // In a round without names the server cannot tell afterwards what this phone gave: this page can, as long as it is open.
  function remember() {
    try { sessionStorage.setItem("leerkring-given", JSON.stringify({ round, points: mine.points })); } catch (error) { /* no room */ }
  }

  function given() {
    if (mine.points) return mine.points;
    try {
      const kept = JSON.parse(sessionStorage.getItem("leerkring-given"));
      return kept && kept.round === round ? kept.points : {};
    } catch (error) { return {}; }
  }

  function showResults() {
    const list = find("[data-results]");
    if (!list) return;
    const points = given();
    for (const row of all("[data-target]", list)) {
      const count = points[row.dataset.target] || 0;
      const line = find("[data-own]", row);
      const text = count ? line.dataset[count === 1 ? "one" : "more"].replace("%s", count) : "";
      if (line.textContent !== text) line.textContent = text;
      line.hidden = !count;
    }
  }

  function showWishes() {
    const list = find("[data-wishes]");
    if (!list || !mine.wishes) return;
    const chosen = mine.wishes.map(String);
    for (const row of all("[data-table]", list)) {
      const table = row.dataset.table;
      row.classList.toggle("is-chosen", chosen.includes(table));
      for (const button of all("[data-rank]", row)) {
        const rank = Number(button.dataset.rank);
        const pressed = chosen[rank - 1] === table;
        set(button, "aria-pressed", pressed);
        set(button, "aria-disabled", rank > chosen.length + (chosen.includes(table) ? 0 : 1));
        set(button, "value", ranked(chosen, table, rank, pressed).join(","));
      }
    }
    find("[data-no-wish]").hidden = chosen.length > 0;
    find("[data-wished]").replaceChildren(...chosen.map((table) => {
      const item = document.createElement("li");
      item.textContent = find(`[data-table="${table}"] h2`, list)?.textContent || "";
      return item;
    }));
  }

  // The same rule as in phone_screen.py.
  function ranked(chosen, table, rank, pressed) {
    const others = chosen.filter((each) => each !== table);
    if (!pressed) others.splice(rank - 1, 0, table);
    return others.slice(0, 3);
  }

  function showReplies() {
    for (const [id, value] of Object.entries(mine.replies || {})) {
      const fields = all(`[name="ask-${id}"]`, region);
      if (fields.some(unsent)) continue; // changed here since it was sent
      for (const field of fields) {
        if (field.type === "radio") field.checked = field.defaultChecked = field.value === String(value);
        else field.value = field.defaultValue = value;
      }
    }
  }

  function showLeft() {
    const text = read(phone.dataset.unsentKey);
    const here = !text || all("textarea", region).some((field) => field.dataset.keep === phone.dataset.unsentKey);
    find("[data-unsent]").hidden = here;
    if (!here) find("[data-unsent-text]").textContent = text;
  }
  find("[data-drop]").addEventListener("click", () => { keep(phone.dataset.unsentKey, ""); showLeft(); });

  /* Sending: what is set shows at once, what was said stays in sight until it has arrived. */

  phone.addEventListener("click", (event) => {
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  }, true);

  document.body.addEventListener("lk:queued", (event) => {
    const { key, fields, form } = event.detail;
    underway.set(form.dataset.sendOnce || key, key);
    forget(form);
    setTimeout(() => all("textarea[maxlength]", form).forEach(count)); // the form is emptied after this
    if ("text" in fields) {
      rows.set(key, fields.text);
      find("textarea", form)?.focus({ preventScroll: true });
    } else if ("target" in fields) {
      mine.points = { ...mine.points, [fields.target]: Number(fields.count) };
    } else if ("tables" in fields) {
      mine.wishes = fields.tables.split(",").filter(Boolean);
    } else if ("post" in fields) {
      form.closest("[data-post]").hidden = true;
    } else if (form.matches("[data-replies]")) {
      answered(form, fields);
    }
    show();
  });
  // What was sent is kept no longer. The page itself still keeps, a moment later, what was typed just before.
  function forget(form) {
    const tidy = () => all("[data-keep]", form).forEach((field) => {
      if (!field.isConnected || (field.value && unsent(field))) return;
      keep(field.dataset.keep, "");
      all(".kept", field.parentNode).forEach((line) => line.remove());
    });
    setTimeout(tidy);
    setTimeout(tidy, 900);
  }
  // Answers stay in the form: they are sent, and hold nobody back when the next round comes.
  function answered(form, fields) {
    for (const field of all("textarea", form)) field.defaultValue = field.value;
    for (const field of all("input[type=radio]", form)) field.defaultChecked = field.checked;
    const sent = Object.entries(fields).filter(([name, value]) => name.startsWith("ask-") && value);
    mine.replies = { ...mine.replies, ...Object.fromEntries(sent.map(([name, value]) => [name.slice(4), value])) };
  }
  document.body.addEventListener("lk:acknowledged", (event) => {
    const { key, answer, fields } = event.detail;
    arrived(key);
    rows.delete(key);
    if (answer.row && String(answer.round) === round) addRow(answer);
    const line = find("[data-send-state]");
    const said = line.textContent;
    setTimeout(() => line.textContent === said && (line.textContent = ""), 4000);
    if (dropped.delete(key) && answer.post) back(answer.post);
    if ("post" in fields || "target" in fields) refresh(0);
    show();
  });
  document.body.addEventListener("lk:refused", (event) => {
    const { key, fields } = event.detail;
    arrived(key);
    rows.delete(key);
    // The words are in the form again, or, when that form is gone, they wait on this phone.
    if (fields.text && !all("textarea", region).some((field) => field.value === fields.text)) keep(phone.dataset.unsentKey, fields.text);
    show();
    refresh(0);
  });
  function addRow({ post, row }) {
    if (find(`[data-post="${post}"]`)) return;
    const list = find('[data-part="sent"] ul');
    if (!list) return void refresh(0);
    list.insertAdjacentHTML("afterbegin", row);
    mine.parts = { ...mine.parts, sent: find('[data-part="sent"]').innerHTML };
  }
  async function back(post) {
    const body = new URLSearchParams({ post, csrfmiddlewaretoken: token.value });
    await fetch("../take-back/", { method: "POST", body, headers: { Accept: "application/json" } });
    refresh(0);
  }

  /* Small things: the counter, the timer, the connection. */

  function count(field) {
    const line = find("[data-count]", field.closest("form") || region);
    if (!line || field.maxLength < 0) return;
    line.textContent = line.dataset.words.replace("%s", field.maxLength - field.value.length);
    line.classList.toggle("is-near", field.maxLength - field.value.length < 30);
  }
  document.addEventListener("input", (event) => event.target.matches("#round textarea[maxlength]") && count(event.target));

  let warned = "";
  function clock() {
    const box = find("[data-clock]");
    const left = news ? window.liveRoom.left() : null;
    if (!news) return;
    box.hidden = left == null;
    if (left == null) return;
    const word = find("[data-clock-word]");
    const name = news.left_seconds != null ? "paused" : left <= 0 ? "over" : left <= 60 ? "last" : "";
    const text = name ? word.dataset[name] : "";
    if (word.textContent !== text) word.textContent = text;
    box.classList.toggle("is-last", name === "last" || name === "over");
    const share = Math.max(0, Math.min(100, Math.round((left / Math.max(1, news.total || left)) * 100)));
    find(".ph__arc", box).setAttribute("stroke-dasharray", share + " 100");
    if (name === "last" && warned !== round) {
      warned = round;
      say(find("[data-said]").dataset.lastMinute);
    }
  }
  setInterval(clock, 500);

  const away = () => {
    const line = find("[data-live-state]");
    line.replaceChildren(document.getElementById("away").content.cloneNode(true));
    line.hidden = false;
  };
  let known = "";
  document.body.addEventListener("lk:live", (event) => {
    const { state } = event.detail;
    if (state === "gone" && phone.dataset.early) location.reload();
    if (state === "away") away();
    else if (known === "away") refresh(1500);
    known = state;
  });
  window.addEventListener("offline", away);

  // What waited on this phone from before.
  for (const entry of window.sendOnce ? window.sendOnce.waiting() : []) {
    const fields = Object.fromEntries(entry.fields);
    if ("text" in fields) rows.set(entry.key, fields.text);
  }
  show();
})();
