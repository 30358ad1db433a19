// The page: which job is looked at, when to look again, and which view shows what was seen.

import { Actions } from "./actions/actions.js";
import { Failures } from "./job/failures.js";
import { Jobs } from "./job/jobs.js";
import { Summary } from "./job/summary.js";
import { Timeline } from "./job/timeline.js";
import { Watch } from "./job/watch.js";
import { Heartbeat } from "./lib/alive.js";
import { byId, el, fill, mark, say } from "./lib/dom.js";
import { count, fullMoment, moment } from "./lib/format.js";
import { Refused } from "./lib/requests.js";
import { goTo, linkTo, route } from "./lib/route.js";
import { signIn } from "./lib/sign_in.js";
import { Table } from "./task/table.js";
import { TaskView } from "./task/view.js";

const QUICK = 1_000;
const CALM = 3_000;
const SHARE = 3; // so many times as long between two looks as a look takes, if that is longer
const LONGEST = 10_000;
const JOBS_EVERY = 1_500; // a new job is in the list within two seconds
const VIEWS = ["overview", "table", "task"];

class Page {
  #watch = null;
  #wake = () => {};
  #woken = false;
  #due = { jobs: 0, job: 0 };
  #paused = false;
  #trouble = null;
  #view = null;

  constructor(service) {
    const wake = () => this.#wakeUp();
    const jobsChanged = () => {
      this.#due.jobs = 0;
      wake();
    };
    this.service = service;
    const parts = { list: byId("jobs"), more: byId("more-jobs"), find: byId("find"), box: byId("jobs-box") };
    this.jobs = new Jobs(service, parts, jobsChanged);
    this.actions = new Actions(service, jobsChanged);
    this.summary = new Summary(service);
    this.failures = new Failures(service);
    this.timeline = new Timeline(byId("timeline"), byId("pointed"), (task) => goTo({ job: this.#watch.id, task: task.id }));
    this.table = new Table(service, { wake, act: (verb, target) => this.actions.many(verb, this.#watch.id, target) });
    const confirm = (name, size) => this.actions.download(name, size);
    this.task = new TaskView(service, { wake, confirm, act: (verb, task) => this.#act(verb, task) });
    this.heartbeat = new Heartbeat(() => {
      this.#status();
      wake();
    });
    this.#listen();
  }

  /** Look, show, wait; for ever. */
  async run() {
    this.heartbeat.run();
    for (;;) {
      await this.#sleep(this.#paused || document.hidden ? Infinity : await this.#turn());
    }
  }

  /** One look at all that is due; how long to wait for the next. */
  async #turn() {
    try {
      await this.#when("jobs", () => this.#list());
      await this.#when("job", () => this.#look());
      this.#trouble = null;
      this.#status();
    } catch (error) {
      if (error.name === "AbortError") {
        this.#due.job = 0;
        return 0;
      }
      this.#trouble = troubleOf(error);
      this.#status();
      this.#due.jobs = this.#due.job = performance.now() + Math.max((error.retryAfter || 0) * 1000, QUICK);
    }
    return Math.min(this.#due.jobs, this.#due.job) - performance.now();
  }

  /** Do a part of a turn if it is due; it gives the milliseconds until it is due again. */
  async #when(part, work) {
    const began = performance.now();
    if (began < this.#due[part]) return;
    this.#due[part] = Infinity; // what happens meanwhile may bring it forward
    const pause = await work();
    const took = performance.now() - began;
    if (this.#due[part] === Infinity) this.#due[part] = began + took + Math.max(pause, Math.min(took * SHARE, LONGEST));
  }

  /** Read the list of jobs again. */
  async #list() {
    await this.jobs.refresh(this.#watch?.id);
    if (this.#watch === null && route().job === undefined) this.#due.job = 0; // the first job may be there
    return JOBS_EVERY;
  }

  /** Look at the job again. */
  async #look() {
    this.#follow();
    const watch = this.#watch;
    if (watch === null) return QUICK;
    try {
      await watch.look();
      this.#show(watch);
      await this.#detail(watch);
      return watch.isBusy ? QUICK : CALM;
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) throw error;
      if (watch === this.#watch) this.#missing(watch.id, error);
      return CALM;
    }
  }

  /** Look at the job that the address names, or else at the newest. */
  #follow() {
    const members = route();
    const wanted = members.job ?? this.#watch?.id ?? this.jobs.first;
    if (wanted === undefined) return this.#nothing(`There are no jobs yet. Add one with any Batch client at ${location.origin}.`);
    if (wanted !== this.#watch?.id) {
      this.#drop();
      this.#watch = new Watch(this.service, wanted);
      this.jobs.mark(wanted);
    }
    if (members.task) this.task.follow(wanted, members.task);
    this.table.follow(wanted, members);
    return undefined;
  }

  /** Give up the job under watch, in the middle of a look if need be. */
  #drop() {
    this.#watch?.close();
    this.#watch = null;
  }

  #missing(id, error) {
    const { task } = route();
    if (task && error.code === "TaskNotFound") return this.#nothing(`There is no task ${task} in job ${id}.`, { job: id, view: "tasks" });
    this.#drop();
    return this.#nothing(`There is no job ${id}. Choose another one.`);
  }

  #nothing(text, link = null) {
    byId("job").hidden = true;
    byId("nothing").hidden = false;
    fill(byId("nothing"), text, link && " ", link && el("a", { href: linkTo(link) }, "Show its tasks."));
  }

  #show(watch) {
    const { id, job } = watch;
    byId("nothing").hidden = true;
    byId("job").hidden = false;
    document.title = `${id} - Local Batch`;
    say(byId("job-id"), id);
    say(byId("job-state"), job.state);
    byId("job-state").className = `state job-${job.state}`;
    const pool = job.poolInfo?.poolId;
    const limit = job.maxParallelTasks > 0 && `at most ${count(job.maxParallelTasks, "task")} at once`;
    const facts = [job.displayName, pool && `pool ${pool}`, `priority ${job.priority ?? 0}`, limit, `added ${moment(job.creationTime)}`];
    say(byId("job-about"), facts.filter(Boolean).join(", "));
    this.actions.offer(id, job.state);
    this.#select(id);
    if (this.#view === "overview") this.summary.show(watch);
  }

  /** Show the view that the address names. */
  #select(id) {
    const { task, view } = route();
    const wanted = task ? "task" : view === "tasks" ? "table" : "overview";
    mark(byId("to-overview"), "href", linkTo({ job: id }));
    mark(byId("to-table"), "href", linkTo({ job: id, view: "tasks" }));
    mark(byId("to-overview"), "aria-current", wanted === "overview" ? "page" : null);
    mark(byId("to-table"), "aria-current", wanted === "overview" ? null : "page");
    for (const name of VIEWS) byId(name).hidden = name !== wanted;
    const key = `${wanted} ${task ?? ""}`;
    if (this.#view !== null && key !== this.key && wanted === "task") byId("task-id").focus();
    [this.#view, this.key] = [wanted, key];
  }

  async #detail(watch) {
    if (this.#view === "task") return this.task.refresh(watch);
    if (this.#view === "table") return this.table.refresh(watch);
    await this.summary.refresh(watch);
    await this.failures.refresh(watch);
    await watch.list();
    this.timeline.show(watch.drawn, this.service.now());
    return say(byId("drawn"), drawn(watch, this.timeline.size));
  }

  async #act(verb, task) {
    const job = this.#watch.id;
    if ((await this.actions.task(verb, job, task.id)) && verb === "delete") goTo({ job, view: "tasks" });
  }

  #listen() {
    window.addEventListener("hashchange", () => {
      const { job } = route();
      if (job !== undefined && job !== this.#watch?.id) this.#drop();
      else if (this.#watch?.job) this.#show(this.#watch);
      this.#wakeUp();
    });
    document.addEventListener("visibilitychange", () => this.#wakeUp());
    byId("pause").addEventListener("click", () => this.#pause());
    byId("span").addEventListener("change", (event) => {
      this.timeline.span = Number(event.target.value);
      this.timeline.draw();
    });
  }

  #pause() {
    this.#paused = !this.#paused;
    mark(byId("pause"), "aria-pressed", String(this.#paused));
    say(byId("pause"), this.#paused ? "Continue" : "Pause");
    this.#status();
    this.#wakeUp();
  }

  #status() {
    const isGone = !this.heartbeat.isAlive;
    const [text, kind] = isGone
      ? [`Gone: no answer since ${fullMoment(this.heartbeat.since).slice(11)}`, "trouble"]
      : this.#paused ? ["Paused", "paused"] : this.#trouble ? [this.#trouble, "trouble"] : ["Live", "live"];
    byId("status").className = kind;
    document.body.classList.toggle("gone", isGone);
    say(byId("status"), text);
  }

  /** End the present wait, or the next one if there is none. */
  #wakeUp() {
    this.#due.job = 0;
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

function troubleOf(error) {
  if (!(error instanceof Refused)) return "No answer; trying again";
  return error.status === 429 || error.status === 503 ? "The service asks to wait" : `${error.code}: ${error.message}`;
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
