// How long is left, by the server's clock: a tab that slept asks again before it says anything.

const MINUTE = 60_000;
const PATIENCE = 10_000;
const SECONDS = 5_000;

const WIDE = "\u00a0";

function words(left) {
  if (left <= 0) {
    return "Le dépôt est clos.";
  }
  const seconds = Math.floor(left / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), "j"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
  ];
  if (left < 10 * MINUTE) {
    parts.push([seconds % 60, "s"]);
  }
  const first = parts.findIndex(([count]) => count > 0);
  const told = parts.slice(Math.max(first, 0)).map(([count, unit]) => `${count}${WIDE}${unit}`);
  return `Il reste ${told.join(" ")}.`;
}

class Countdown {
  #box;
  #left;
  #end;
  #offset; // server minus this machine, in milliseconds: the machine's own hour may be wrong
  #timer = 0;
  #asking = false;
  #expected = Infinity; // when the next tick is due: much later, the machine slept
  #drift = 0; // the wall clock minus the steady one: when it moves, somebody set the clock, or the machine slept

  constructor(box) {
    this.#box = box;
    this.#left = box.querySelector("[data-left]");
    this.#set(box.dataset);
  }

  start() {
    document.addEventListener("visibilitychange", () => this.#wake());
    window.addEventListener("pageshow", (event) => event.persisted && this.#wake());
    window.addEventListener("online", () => this.#wake());
    // The page took its time to come, or came from a cache: only what the server says now is told.
    this.#wake();
  }

  #set({ now, end }) {
    this.#offset = Date.parse(now) - Date.now();
    this.#end = Date.parse(end);
  }

  async #wake() {
    clearTimeout(this.#timer);
    if (document.visibilityState === "hidden" || this.#asking) {
      return;
    }
    this.#asking = true;
    this.#expected = Infinity;
    this.#left.textContent = ""; // nothing is told that the server has not just said
    try {
      const sent = Date.now();
      const answer = await fetch(this.#box.dataset.ask, {
        cache: "no-store",
        headers: { accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok || answer.redirected) {
        throw new Error(`${answer.status}`);
      }
      this.#set(await answer.json());
      // The answer was on its way for half of the journey: late is the honest side to be wrong on.
      this.#offset += (Date.now() - sent) / 2;
      this.#drift = Date.now() - performance.now();
      this.#tick();
    } catch {
      // Without the server nothing is known for sure: the hour of the end stands beside, on both clocks.
      this.#left.textContent = "";
      this.#timer = setTimeout(() => this.#wake(), MINUTE);
    } finally {
      this.#asking = false;
    }
  }

  #tick() {
    const moved = Math.abs(Date.now() - performance.now() - this.#drift);
    if (Date.now() - this.#expected > MINUTE || moved > SECONDS) {
      this.#expected = Infinity;
      this.#wake();
      return;
    }
    const left = this.#end - (Date.now() + this.#offset);
    const told = words(left);
    if (this.#left.textContent !== told) {
      this.#left.textContent = told;
    }
    if (left <= 0) {
      // The end may have moved meanwhile: an extension is granted while people wait.
      this.#timer = setTimeout(() => this.#wake(), MINUTE);
    } else {
      const step = left < 10 * MINUTE ? 1000 : 15_000;
      this.#expected = Date.now() + Math.min(step, left);
      this.#timer = setTimeout(() => this.#tick(), Math.min(step, left));
    }
  }
}

for (const box of document.querySelectorAll("[data-countdown]")) {
  new Countdown(box).start();
}
