// One job under watch: its state and counts, and the tasks for the timeline, never all of them.

import { millis } from "../lib/format.js";
import { Recent } from "./recent.js";

const PAGE = 1_000;
const RUNNING = 250;
const KEPT = 2_000;
const FEW = 300;
const RATE_OVER = 60_000;
const COLUMNS = "id,state,executionInfo,requiredSlots,multiInstanceSettings";

/** Reads a job again and again. */
export class Watch {
  #stop = new AbortController();
  #samples = [];
  #drawn = "";

  constructor(service, id) {
    Object.assign(this, { service, id, job: null, counts: null, slots: null, preparation: [], running: [] });
    this.ended = new Recent((since) => this.#ended(since), endOf, { enough: FEW, keep: KEPT });
  }

  get signal() {
    return this.#stop.signal;
  }

  /** Give up what is under way. */
  close() {
    this.#stop.abort();
  }

  /** Read state and counts. */
  async look() {
    this.job = await this.#json([]);
    const answer = await this.#json(["taskcounts"]);
    [this.counts, this.slots] = [answer.taskCounts, answer.taskSlotCounts];
    this.preparation = await this.#preparation();
    const at = performance.now();
    this.#samples.push({ at, completed: this.counts.completed });
    while (at - this.#samples[0].at > RATE_OVER && this.#samples.length > 2) this.#samples.shift();
  }

  /** Whether tasks run, or the job is between two states: then there is soon something new. */
  get isBusy() {
    return this.counts.running > 0 || /ing$/.test(this.job.state);
  }

  /** What changes whenever a task does, as far as the counts tell. */
  get version() {
    return JSON.stringify([this.job.eTag, this.job.state, this.counts, this.preparation.map(({ state }) => state)]);
  }

  get total() {
    return this.counts.active + this.counts.running + this.counts.completed;
  }

  /** Tasks completed a second over the last minute; 0 while it is not known. */
  get rate() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return last.at - first.at < 500 ? 0 : Math.max(((last.completed - first.completed) * 1000) / (last.at - first.at), 0);
  }

  /** Milliseconds until all tasks have ended if it goes on so; NaN if nobody can tell. */
  get left() {
    const waiting = this.counts.active + this.counts.running;
    return this.rate > 0 && this.counts.running > 0 ? (waiting / this.rate) * 1000 : NaN;
  }

  /** Tasks to draw. One that ended between two requests may be in both lists; its end is what counts. */
  get drawn() {
    const ended = new Set(this.ended.items.map((task) => task.id));
    return [...this.ended.items, ...this.running.filter((task) => !ended.has(task.id))];
  }

  /** Read the tasks to draw. */
  async list() {
    const moved = this.version !== this.#drawn;
    if (!moved && this.counts.running === 0) return;
    this.running = this.counts.running > 0 ? await this.#running() : [];
    if (moved) await this.ended.refresh(this.service.later(), this.counts.completed);
    this.#drawn = this.version;
  }

  /** The runs of the preparation task that tasks wait for, one a node. */
  async #preparation() {
    if (!this.job.jobPreparationTask?.waitForSuccess || this.counts.active === 0) return [];
    const { value } = await this.#json(["jobpreparationandreleasetaskstatus"]);
    return value.map((node) => node.jobPreparationTaskExecutionInfo).filter(Boolean);
  }

  async #running() {
    const query = { $filter: "state eq 'running'", $select: COLUMNS, maxresults: RUNNING };
    return (await this.service.page(["jobs", this.id, "tasks"], query, this.signal)).value;
  }

  #ended(since) {
    const after = since === null ? "" : ` and executionInfo/endTime ge DateTime'${since.toISOString()}'`;
    const query = { $filter: `state eq 'completed'${after}`, $select: COLUMNS, maxresults: PAGE };
    return this.service.page(["jobs", this.id, "tasks"], query, this.signal);
  }

  #json(rest) {
    return this.service.json(["jobs", this.id, ...rest], { signal: this.signal });
  }
}

function endOf(task) {
  return millis(task.executionInfo.endTime);
}
