// A job at a glance: its counts, how fast it goes and when it ends, and what its tasks did over time.

import { byId, mark, say } from "../lib/dom.js";
import { count, duration, fullMoment, moment, number, perSecond } from "../lib/format.js";
import { linkTo } from "../lib/route.js";
import { Chart } from "./chart.js";

const KINDS = ["active", "running", "succeeded", "failed"];
const BUCKETS = 120;

export class Summary {
  #shown = "";

  constructor(service) {
    this.service = service;
    this.slots = new Chart(byId("slots-chart"));
    this.ends = new Chart(byId("ends-chart"));
  }

  /** Show the counts. */
  show(watch) {
    const { id, job, counts } = watch;
    for (const kind of KINDS) {
      say(byId(kind), number(counts[kind]));
      byId("shares").querySelector(`.${kind}`).style.flexGrow = counts[kind];
      mark(byId(kind).closest("a"), "href", linkTo({ job: id, view: "tasks", show: kind }));
    }
    mark(byId("shares"), "aria-label", KINDS.map((kind) => `${number(counts[kind])} ${kind}`).join(", "));
    say(byId("summary"), this.#summary(watch).filter(Boolean).join(", "));
    say(byId("ending"), ending(watch, job, this.service.now()));
  }

  #summary(watch) {
    const { counts, slots, total, rate } = watch;
    const done = total ? Math.floor((counts.completed / total) * 100) : 0;
    const used = counts.running > 0 && `${number(slots.running)} of ${count(this.service.slots, "slot")} in use`;
    return [count(total, "task"), `${done} % completed`, used, rate > 0 && counts.running > 0 && perSecond(rate)];
  }

  /** Read what the tasks did over time, and draw it. */
  async refresh(watch) {
    if (!watch.isBusy && watch.version === this.#shown) return;
    const query = { buckets: BUCKETS };
    const history = await this.service.json(["_jobs", watch.id, "history"], { query, signal: watch.signal });
    this.#shown = watch.version;
    const [from, step] = [Date.parse(history.from), history.step * 1000];
    this.slots.show({
      from, step, series: [{ kind: "running", values: history.slots }], most: this.service.slots,
      unit: "slots in use", shape: "area",
    });
    const rates = (values) => values.map((value) => (step ? (value * 1000) / step : 0));
    this.ends.show({
      from, step, unit: "completed a second", shape: "bars",
      series: [{ kind: "succeeded", values: rates(history.succeeded) }, { kind: "failed", values: rates(history.failed) }],
    });
  }
}

function ending({ counts, left, total }, job, now) {
  const ended = job.executionInfo?.endTime;
  if (ended) return `The job ended ${moment(ended)}.`;
  if (Number.isFinite(left)) return `About ${duration(left)} left: it ends at about ${fullMoment(now + left).slice(11)}.`;
  if (total > 0 && counts.completed === total) return "All tasks have completed.";
  if (counts.running === 0 && counts.active > 0) return "None of its tasks is running.";
  return "";
}
