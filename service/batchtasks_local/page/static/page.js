// The page: which job is watched, when to look again, and where what was seen is shown.

import { count, moment, number, say } from "./format.js";
import { Jobs } from "./jobs.js";
import { signIn } from "./sign_in.js";
import { Rows } from "./tasks.js";
import { Timeline } from "./timeline.js";
import { Watch } from "./watch.js";
import { Refused } from "./requests.js";

const QUICK = 1_000;
const CALM = 3_000;
const SHARE = 3; // so many times as long between two looks as a look takes, if that is longer
const LONGEST = 5_000;
const JOBS_EVERY = 5_000;
const ROWS = 50;

const byId = (id) => document.getElementById(id);
const KINDS = {
  failed: (watch) => [watch.failed.items, watch.counts.failed, "failed task"],
  running: (watch) => [watch.running, watch.counts.running, "running task"],
  ended: (watch) => [watch.ended.items, watch.counts.completed, "ended task"],
};

class Page {
  #watch = null;
  #wake = () => {};
  #woken = false;
  #jobsDue = 0;
  #paused = false;
  #dirty = false;

  constructor(service) {
    this.service = service;
    this.jobs = new Jobs(service, byId("jobs"), byId("more-jobs"));
    const read = (id) => this.#watch.read(id);
    this.rows = new Rows(byId("tasks"), read);
    this.chosen = new Rows(byId("chosen"), read);
    this.timeline = new Timeline(byId("timeline"), byId("pointed"), (task) => this.#choose(task));
    this.kind = "failed";
    this.#listen();
  }

  /** Look, show, wait; for ever. */
  async run() {
    for (;;) {
      const began = performance.now();
      const pause = this.#idle ? Infinity : await this.#turn();
      const took = performance.now() - began;
      await this.#sleep(Math.max(pause, Math.min(took * SHARE, LONGEST)));
    }
  }

  get #idle() {
    return this.#paused || document.hidden;
  }

  /** One look at everything; how long to wait for the next. */
  async #turn() {
    try {
      const busy = await this.#look();
      this.#status("Live", "live");
      return busy ? QUICK : CALM;
    } catch (error) {
      if (error.name === "AbortError") return 0;
      this.#status(...trouble(error));
      return Math.max((error.retryAfter || 0) * 1000, CALM);
    }
  }

  async #look() {
    if (performance.now() >= this.#jobsDue) {
      this.#jobsDue = performance.now() + JOBS_EVERY; // before the request: typing may bring it forward meanwhile
      await this.jobs.refresh(this.#watch?.id);
    }
    this.#follow();
    if (this.#watch === null) {
      this.#jobsDue = 0;
      return true;
    }
    const watch = this.#watch;
    try {
      const busy = await watch.look();
      await this.rows.renew();
      await this.chosen.renew();
      return busy;
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) throw error;
      if (watch === this.#watch) this.#missing(watch.id);
      return false;
    }
  }

  /** Watch the job that the address names, or else the newest. */
  #follow() {
    const wanted = named() ?? this.#watch?.id ?? this.jobs.first;
    if (wanted === undefined) return this.#nothing(`There are no jobs yet. Add one with any Batch client at ${location.origin}.`);
    if (wanted === this.#watch?.id) return undefined;
    this.#drop();
    this.#watch = new Watch(this.service, wanted, () => this.#soon());
    this.rows.clear();
    this.chosen.clear();
    this.jobs.mark(wanted);
    return undefined;
  }

  /** Give up the job under watch, in the middle of a look if need be. */
  #drop() {
    this.#watch?.close();
    this.#watch = null;
  }

  #missing(id) {
    this.#drop();
    this.#nothing(`There is no job ${id}. Choose another one.`);
  }

  #nothing(text) {
    byId("job").hidden = true;
    byId("nothing").hidden = false;
    say(byId("nothing"), text);
  }

  /** Show at the next frame, however often it is asked for until then. */
  #soon() {
    if (this.#dirty) return;
    this.#dirty = true;
    requestAnimationFrame(() => {
      this.#dirty = false;
      if (this.#watch?.counts) this.#show(this.#watch);
    });
  }

  #show(watch) {
    byId("nothing").hidden = true;
    byId("job").hidden = false;
    showJob(watch);
    showCounts(watch);
    this.timeline.show(watch.drawn, this.service.now());
    say(byId("drawn"), drawn(watch, this.timeline.size));
    this.#showRows(watch);
  }

  #showRows(watch) {
    const [tasks, total, noun] = KINDS[this.kind](watch);
    const shown = tasks.slice(0, ROWS);
    this.rows.show(shown);
    if (total > 0 && shown.length === 0) say(byId("shown"), `Looking for the newest of ${count(total, noun)}.`);
    else if (total === 0) say(byId("shown"), `No ${noun}s.`);
    else say(byId("shown"), total > shown.length ? `The newest ${shown.length} of ${count(total, noun)}.` : `${count(total, noun)}.`);
  }

  #choose(task) {
    this.chosen.clear();
    this.chosen.show([task]);
    this.chosen.open(task.id);
  }

  #listen() {
    const look = () => this.#wakeUp();
    window.addEventListener("hashchange", () => {
      if (named() !== this.#watch?.id) this.#drop();
      look();
    });
    document.addEventListener("visibilitychange", look);
    byId("pause").addEventListener("click", () => this.#pause());
    byId("span").addEventListener("change", (event) => {
      this.timeline.span = Number(event.target.value);
      this.timeline.draw();
    });
    byId("find").addEventListener("input", (event) => {
      this.jobs.find(event.target.value.trim());
      this.#jobsDue = 0;
      look();
    });
    for (const radio of document.getElementsByName("kind")) {
      radio.addEventListener("change", () => {
        this.kind = radio.value;
        this.rows.clear();
        this.#soon();
      });
    }
  }

  #pause() {
    this.#paused = !this.#paused;
    byId("pause").setAttribute("aria-pressed", String(this.#paused));
    say(byId("pause"), this.#paused ? "Go on" : "Pause");
    if (this.#paused) this.#status("Paused", "paused");
    this.#wakeUp();
  }

  #status(text, kind) {
    if (this.#paused && kind !== "paused") return;
    byId("status").className = kind;
    say(byId("status"), text);
  }

  /** End the present wait, or the next one if there is none. */
  #wakeUp() {
    this.#woken = true;
    this.#wake();
  }

  async #sleep(ms) {
    if (!this.#woken) {
      await new Promise((resolve) => {
        this.#wake = resolve;
        if (Number.isFinite(ms)) setTimeout(resolve, ms);
      });
    }
    this.#woken = false;
  }
}

/** The job that the address names. */
function named() {
  return new URLSearchParams(location.hash.slice(1)).get("job");
}

function trouble(error) {
  if (!(error instanceof Refused)) return ["No answer; trying again", "trouble"];
  const slow = error.status === 429 || error.status === 503;
  return slow ? ["The service asks to wait", "trouble"] : [`${error.code}: ${error.message}`, "trouble"];
}

function showJob({ id, job }) {
  document.title = `${id} - Local Batch`;
  say(byId("job-id"), id);
  const pool = job.poolInfo?.poolId;
  const facts = [job.state, pool && `pool ${pool}`, `added ${moment(job.creationTime)}`];
  const ended = job.executionInfo?.endTime;
  say(byId("job-about"), [...facts, ended && `ended ${moment(ended)}`].filter(Boolean).join(", "));
}

function showCounts({ counts, slots, rate }) {
  const kinds = ["active", "running", "succeeded", "failed"];
  for (const kind of kinds) {
    say(byId(kind), number(counts[kind]));
    byId("shares").querySelector(`.${kind}`).style.flexGrow = counts[kind];
  }
  byId("shares").setAttribute("aria-label", kinds.map((kind) => `${number(counts[kind])} ${kind}`).join(", "));
  const all = counts.active + counts.running + counts.completed;
  const parts = [count(all, "task"), `${all ? Math.floor((counts.completed / all) * 100) : 0} % done`];
  if (slots.running !== counts.running) parts.push(`${count(slots.running, "slot")} in use`);
  if (rate > 0 && counts.running > 0) parts.push(`${rate < 10 ? rate.toFixed(1) : number(Math.round(rate))} a second`);
  say(byId("summary"), parts.join(", "));
}

function drawn(watch, { bars, rows }) {
  if (bars === 0) return "No task has started.";
  const missing = watch.counts.completed - watch.ended.items.length;
  const which = missing > 0 ? `The newest ${count(bars, "task")}` : count(bars, "task");
  return `${which} on ${count(rows, "slot")}. A bar is a task, a row a slot, worked out from start and end times.`;
}

const service = await signIn().catch((error) => {
  byId("status").className = "trouble";
  say(byId("status"), error.message);
});
if (service) {
  say(byId("address"), location.host);
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  byId("content").hidden = byId("pause").hidden = false;
  await new Page(service).run();
}
