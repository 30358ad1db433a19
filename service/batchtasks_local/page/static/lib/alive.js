// Whether the service is there. It is asked twice a second, besides all that the page reads, so that a service that has
// gone is known within two seconds: at once if nothing listens any more, after `PATIENCE` if it only hangs.

const EVERY = 500;
const PATIENCE = 1_200;

/** Asks for a sign of life; calls `changed(isAlive)` when the answer is another than before. */
export class Heartbeat {
  constructor(changed) {
    Object.assign(this, { changed, isAlive: true, since: Date.now() });
  }

  /** Ask for ever, while somebody looks. */
  async run() {
    for (;;) {
      if (document.hidden) await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
      this.#note(await beat());
      await new Promise((passed) => setTimeout(passed, EVERY));
    }
  }

  #note(isAlive) {
    if (isAlive) this.since = Date.now();
    if (isAlive === this.isAlive) return;
    this.isAlive = isAlive;
    this.changed(isAlive);
  }
}

async function beat() {
  try {
    return (await fetch("/_page/alive", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}
