// A stream of snapshots that keeps itself alive: watchdog, polling where a proxy holds the stream back, new tickets.
// room.js uses it; README.md beside this folder tells how a page takes part.
(() => {
  "use strict";

  const SILENCE = 12000; // after so long without a beat the stream is given up
  const HELLO = 4000; // without a greeting by then, polling goes along
  const POLL = 2500;
  const BACK = 60000; // a stream that was given up is tried again after so long
  const OLD = 600000; // an older ticket is renewed before use

  const jitter = (most) => Math.random() * most;
  const ask = (address) => fetch(address, { cache: "no-store", signal: AbortSignal.timeout?.(8000) });

  // `fresh` is the address of new tickets. `on.snapshot(data, version)` and `on.state(name)` hear what comes;
  // states: stream, poll, away (no connection), ended (no access any more), gone (nothing there any more).
  class LiveStream {
    constructor(ticket, fresh, on) {
      Object.assign(this, { ticket, fresh, on, version: "", failures: 0, state: "", source: null, polling: false });
      this.timers = {};
      this.offset = Date.now() - performance.now();
      this.renewedAt = performance.now();
      document.addEventListener("visibilitychange", () => (document.hidden ? this.quiet() : this.open()));
      window.addEventListener("pagehide", () => this.quiet());
      window.addEventListener("pageshow", (event) => event.persisted && this.open());
      window.addEventListener("online", () => this.open());
      this.open();
    }

    // Milliseconds of the server's clock; the phone's own may be wrong.
    now() {
      return performance.now() + this.offset;
    }

    get over() {
      return this.state === "ended" || this.state === "gone";
    }

    is(name) {
      if (this.over || this.state === name) return;
      this.state = name;
      if (this.over) this.quiet();
      this.on.state(name);
    }

    later(name, wait, what) {
      clearTimeout(this.timers[name]);
      this.timers[name] = setTimeout(() => !document.hidden && what(), wait);
    }

    quiet() {
      this.close();
      Object.values(this.timers).forEach(clearTimeout);
      this.polling = false;
    }

    close() {
      if (this.source) this.source.close();
      this.source = null;
      clearTimeout(this.timers.watchdog);
      clearTimeout(this.timers.hello);
    }

    address(path) {
      return path + "?ticket=" + encodeURIComponent(this.ticket) + "&after=" + this.version;
    }

    set(moment) {
      if (moment) this.offset = moment * 1000 - performance.now();
    }

    take(data, version) {
      this.version = String(version);
      this.on.snapshot(data, Number(version));
    }

    open() {
      if (this.over || document.hidden) return;
      if (performance.now() - this.renewedAt > OLD) return void this.renew();
      this.close();
      clearTimeout(this.timers.open);
      const source = (this.source = new EventSource(this.address("/live/stream/")));
      const heard = () => this.later("watchdog", SILENCE, () => this.giveUp());
      const on = (name, what) =>
        source.addEventListener(name, (event) => {
          if (source !== this.source) return;
          heard();
          what(event.data ? JSON.parse(event.data) : null, event.lastEventId);
        });
      heard();
      this.later("hello", HELLO, () => this.poll());
      on("hello", (data) => {
        this.set(data.now);
        this.failures = 0;
        this.polling = false;
        clearTimeout(this.timers.poll);
        clearTimeout(this.timers.hello);
        // Told at each greeting: what is personal may have changed meanwhile.
        this.state = "";
        this.is("stream");
      });
      on("beat", (data) => this.set(data.now));
      on("snapshot", (data, version) => this.take(data, version));
      on("bye", (data) => this.bye(data.reason));
      source.addEventListener("error", () => source === this.source && this.failed());
    }

    bye(reason) {
      this.close();
      if (reason === "gone") this.is("gone");
      else if (reason === "many") this.giveUp();
      else if (reason === "renew") this.later("open", jitter(3000), () => this.renew());
      // A ticket of the very moment at which rights changed is refused too.
      else if (reason === "rights") this.later("open", 2500 + jitter(2500), () => this.renew());
      else this.later("open", 300 + jitter(1500), () => this.open());
    }

    failed() {
      this.close();
      this.failures += 1;
      if (this.failures === 1) return this.later("open", 200 + jitter(1000), () => this.open());
      if (this.failures === 2) return this.later("open", 800 + jitter(1500), () => this.renew());
      this.giveUp(BACK / 4 + jitter(BACK / 4));
    }

    // The stream is of no use here for now.
    giveUp(wait = BACK) {
      this.close();
      this.poll();
      this.later("open", wait, () => this.open());
    }

    // A new ticket, with the rights of now; without access it is over.
    async renew() {
      try {
        const response = await ask(this.fresh);
        if (response.status === 403) return this.is("ended");
        if (!response.ok) throw new Error(response.status);
        this.ticket = (await response.json()).ticket;
        this.renewedAt = performance.now();
        this.open();
      } catch (error) {
        this.is("away");
        this.later("open", 1000 + jitter(1500), () => this.renew());
      }
    }

    poll() {
      if (this.polling || this.over) return;
      this.polling = true;
      this.ask();
    }

    async ask() {
      if (!this.polling || this.over || document.hidden) return;
      try {
        const response = await ask(this.address("/live/poll/"));
        if (response.status === 404) return this.is("gone");
        if (response.status === 403) {
          this.polling = false;
          return this.renew();
        }
        if (!response.ok) throw new Error(response.status);
        const news = await response.json();
        if (!this.polling) return;
        this.set(news.now);
        this.is("poll");
        if (news.data) this.take(news.data, news.version);
      } catch (error) {
        if (this.polling) this.is("away");
      }
      this.later("poll", POLL + jitter(1000), () => this.ask());
    }
  }

  window.LiveStream = LiveStream;
})();
