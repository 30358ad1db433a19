// One job under watch: its counts, and the tasks that are worth showing, never all of them.

import { millis } from "./format.js";
import { Recent } from "./recent.js";
import { readTask } from "./tasks.js";

const PAGE = 1000;
const FAILURES = 50;
const RUNNING = 250;
const KEPT = 2000;
const FEW = 300;
const JOB_EVERY = 5;
const RATE_OVER = 10_000;
const COLUMNS = "id,state,executionInfo,requiredSlots,multiInstanceSettings";

/** Polls a job. `changed()` is called whenever there is something new to show. */
export class Watch {
  #stop = new AbortController();
  #turns = 0;
  #listed = "";
  #samples = [];

  constructor(service, id, changed) {
    Object.assign(this, { service, id, changed, job: null, counts: null, slots: null, running: [] });
    this.ended = new Recent(this.#asking("state eq 'completed'", PAGE), endOf, { enough: FEW, keep: KEPT });
    const failed = this.#asking("executionInfo/result eq 'failure'", FAILURES);
    this.failed = new Recent(failed, endOf, { enough: FAILURES / 2, keep: FAILURES });
  }

  /** The tasks to draw. One that ended between two requests may be in both lists; its end is what counts. */
  get drawn() {
    const ended = new Set(this.ended.items.map((task) => task.id));
    return [...this.ended.items, ...this.running.filter((task) => !ended.has(task.id))];
  }

  /** All that an open row shows of a task. */
  read(task) {
    return readTask(this.service, this.id, task, this.#stop.signal);
  }

  /** Give up what is under way. */
  close() {
    this.#stop.abort();
  }

  /** Look once. True when tasks run or have moved since the last look. */
  async look() {
    if (this.#turns++ % JOB_EVERY === 0) this.job = await this.#json([], {});
    const answer = await this.#json(["taskcounts"], {});
    [this.counts, this.slots] = [answer.taskCounts, answer.taskSlotCounts];
    this.#sample();
    this.changed();
    const now = JSON.stringify(this.counts);
    const moved = now !== this.#listed;
    if (moved || this.counts.running > 0) await this.#list(moved);
    this.#listed = now;
    return moved || this.counts.running > 0;
  }

  /** Tasks completed a second over the last moments. */
  get rate() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return last.at - first.at < 500 ? 0 : Math.max(((last.completed - first.completed) * 1000) / (last.at - first.at), 0);
  }

  async #list(moved) {
    this.running = this.counts.running > 0 ? await this.#running() : [];
    this.changed();
    if (!moved) return;
    await this.ended.refresh(this.service.later(), this.counts.completed);
    this.changed();
    if (this.ended.items.length > 0) await this.failed.refresh(endOf(this.ended.items[0]) + 1, this.counts.failed);
    this.changed();
  }

  async #running() {
    const query = { $filter: "state eq 'running'", $select: COLUMNS, maxresults: RUNNING };
    const { value } = await this.service.page(["jobs", this.id, "tasks"], query, this.#stop.signal);
    return value.sort((one, other) => millis(other.executionInfo.startTime) - millis(one.executionInfo.startTime));
  }

  #asking(condition, most) {
    return (since) => {
      const after = since === null ? "" : ` and executionInfo/endTime ge DateTime'${since.toISOString()}'`;
      const query = { $filter: condition + after, $select: COLUMNS, maxresults: most };
      return this.service.page(["jobs", this.id, "tasks"], query, this.#stop.signal);
    };
  }

  #json(rest, query) {
    return this.service.json(["jobs", this.id, ...rest], { query, signal: this.#stop.signal });
  }

  #sample() {
    const at = performance.now();
    this.#samples.push({ at, completed: this.counts.completed });
    while (at - this.#samples[0].at > RATE_OVER && this.#samples.length > 2) this.#samples.shift();
  }
}

function endOf(task) {
  return millis(task.executionInfo.endTime);
}
