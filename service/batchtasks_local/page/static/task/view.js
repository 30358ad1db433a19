// One task: why it waits or failed, what it runs, what it depends on, what it writes, and its files.

import { byId, el, facts, fill, preformatted, say } from "../lib/dom.js";
import { bytes, duration, durationMillis, fullMoment, kindOf, tookMillis } from "../lib/format.js";
import { Followed, whyNot } from "../lib/output.js";
import { quoted } from "../lib/requests.js";
import { Files } from "./files.js";
import { graphOf, readGraph } from "./graph.js";
import { reasonsOf } from "./reasons.js";
import { waitsOf } from "./source.js";

const STREAMS = ["stdout.txt", "stderr.txt"];

export class TaskView {
  #shown = "";
  #graph = "";
  #files = "";
  #run = "";
  #followed = new Map();

  /** `act(verb, task)` begins an action; `wake()` asks for a refresh at once; `confirm(name, size)` asks the reader. */
  constructor(service, { act, wake, confirm }) {
    Object.assign(this, { service, act, wake, job: null, id: null, task: null });
    this.files = new Files(service, { look: (name) => this.#look(name), wake: () => this.#again(), confirm });
  }

  /** Show this task from now on; true if it is another one. */
  follow(job, id) {
    if (job === this.job && id === this.id) return false;
    Object.assign(this, { job, id, task: null });
    [this.#shown, this.#graph, this.#run] = ["", "", ""];
    say(byId("task-id"), id);
    for (const part of ["task-state", "task-facts", "task-why", "task-actions", "command", "graph", "streams"]) fill(byId(part));
    this.files.begin(job, id);
    return true;
  }

  /** Read the task again and show it. */
  async refresh(watch) {
    const { job, id } = this;
    const task = await this.service.json(["jobs", job, "tasks", id], { signal: watch.signal });
    if (id !== this.id || job !== this.job) return;
    this.task = { executionInfo: {}, ...task };
    const waits = await waitsOf(this.service, job, [task], watch.signal);
    this.#show(watch, waits[task.id]);
    await this.#dependencies(watch);
    if (!task.nodeInfo) return this.#notRun();
    await this.#output(watch);
    // While it runs, its files change all the time.
    const files = JSON.stringify([task.executionInfo, task.state === "running" && performance.now()]);
    if (files !== this.#files) await this.files.refresh(watch.signal);
    this.#files = files;
    return undefined;
  }

  #notRun() {
    fill(byId("streams"), el("p", { class: "quiet" }, "It has not run yet."));
    this.#followed.clear();
    this.#run = "";
    this.files.none("It has not run yet.");
  }

  #again() {
    this.#files = "";
    this.wake();
  }

  #show(watch, waits) {
    const task = this.task;
    const why = task.state === "active" ? reasonsOf(task, watch, waits, this.service.slots) : [];
    const took = duration(tookMillis(task, this.service.now()));
    const shown = JSON.stringify([task, why, took]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const kind = kindOf(task);
    fill(byId("task-state"), el("span", { class: `state ${kind}` }, kind));
    say(byId("task-name"), task.displayName ?? "");
    fill(byId("task-why"), ...why.map((text) => el("p", {}, text)), ...failure(task.executionInfo.failureInfo));
    byId("task-why").className = `why ${kind}`;
    byId("task-why").hidden = byId("task-why").childElementCount === 0;
    fill(byId("task-facts"), factsOf(task, took));
    this.#command(task);
    this.#actions(kind);
  }

  #actions(kind) {
    const verbs = kind === "failed" ? ["reactivate", "delete"] : kind === "succeeded" ? ["delete"] : ["terminate", "delete"];
    const before = [...byId("task-actions").children].map((button) => button.value);
    if (String(before) === String(verbs)) return;
    fill(byId("task-actions"), verbs.map((verb) => el("button", {
      type: "button", value: verb, class: verb === "reactivate" ? null : "danger", onclick: () => this.act(verb, this.task),
    }, verb[0].toUpperCase() + verb.slice(1))));
  }

  #command(task) {
    const { environmentSettings = [], resourceFiles = [], outputFiles = [] } = task;
    const pairs = (title, rows) => rows.length ? [el("h4", {}, title), facts(rows)] : [];
    fill(byId("command"), preformatted("Command line", task.commandLine),
      ...pairs("Environment", environmentSettings.map(({ name, value }) => [name, value || "(empty)"])),
      ...pairs("Resource files", resourceFiles.map((file) => [file.filePath ?? "in the working directory",
        file.httpUrl ?? file.storageContainerUrl ?? file.autoStorageContainerName])),
      ...pairs("Output files", outputFiles.map((file) => [file.filePattern, file.destination?.container?.containerUrl])));
  }

  async #dependencies(watch) {
    const version = JSON.stringify([this.id, watch.version]);
    if (version === this.#graph || !watch.job.usesTaskDependencies) {
      byId("dependencies").hidden = !watch.job.usesTaskDependencies || byId("graph").childElementCount === 0;
      return;
    }
    const graph = graphOf(this.job, this.task, await readGraph(this.service, this.job, this.task, watch.signal));
    this.#graph = version;
    fill(byId("graph"), graph);
    byId("dependencies").hidden = graph === null;
  }

  /** Show what both streams have got since; a new run begins anew. */
  async #output(watch) {
    const run = JSON.stringify([this.id, this.task.executionInfo.startTime]);
    if (run !== this.#run) {
      this.#run = run;
      this.#followed.clear();
      fill(byId("streams"));
      for (const name of STREAMS) this.#stream(name);
    }
    const place = ["jobs", this.job, "tasks", this.id, "files"];
    try {
      for (const { name, followed } of this.#followed.values()) {
        const query = { recursive: "true", $filter: `startswith(name,${quoted(name)})` };
        const { value } = await this.service.page(place, query, watch.signal);
        const file = value.find((one) => one.name === name);
        if (!file) continue;
        const grown = await followed.grow(Number(file.properties.contentLength), watch.signal);
        if (grown || !this.#followed.get(name).isShown) this.#write(name);
      }
    } catch (error) {
      const reason = whyNot(error);
      if (reason === null) throw error;
      fill(byId("streams"), el("p", { class: "quiet" }, reason));
      this.#followed.clear();
    }
  }

  #stream(name) {
    const about = el("span", { class: "quiet" });
    const text = preformatted(name);
    const element = el("div", { class: "stream" }, el("h4", {}, name, " ", about), text);
    const place = ["jobs", this.job, "tasks", this.id, "files", name];
    this.#followed.set(name, { name, element, about, text, followed: new Followed(this.service, place), isShown: false });
    byId("streams").append(element);
    return element;
  }

  #write(name) {
    const stream = this.#followed.get(name);
    const { text, about, followed } = stream;
    const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
    say(text, followed.text);
    text.hidden = followed.size === 0;
    const skipped = followed.skipped > 0 ? `; ${bytes(followed.skipped)} before this are not shown` : "";
    say(about, followed.size === 0 ? "empty" : bytes(followed.size) + skipped);
    if (atEnd || !stream.isShown) text.scrollTop = text.scrollHeight;
    stream.isShown = true;
  }

  async #look(name) {
    const element = this.#followed.get(name)?.element ?? this.#stream(name);
    element.scrollIntoView({ block: "nearest" });
    this.#again();
    element.querySelector("pre").focus();
  }
}

function failure(info) {
  if (!info) return [];
  const details = (info.details ?? []).map(({ name, value }) => [name, value]);
  return [el("p", {}, el("b", {}, info.code), ` (${info.category}) `, info.message ?? ""), ...(details.length ? [facts(details)] : [])];
}

function factsOf(task, took) {
  const { executionInfo: info, constraints = {} } = task;
  const retries = constraints.maxTaskRetryCount;
  return facts([
    ["Exit code", info.exitCode === undefined ? undefined : String(info.exitCode)],
    ["Added", fullMoment(task.creationTime)],
    ["Started", fullMoment(info.startTime)],
    ["Ended", fullMoment(info.endTime)],
    ["Duration", took],
    ["Retries", `${info.retryCount ?? 0} of ${retries === -1 ? "any number" : (retries ?? 0)}`],
    ["Last retry", fullMoment(info.lastRetryTime)],
    ["Requeued", info.requeueCount ? String(info.requeueCount) : undefined],
    ["Slots", task.requiredSlots > 1 ? String(task.requiredSlots) : undefined],
    ["Instances", task.multiInstanceSettings?.numberOfInstances],
    ["Max wall clock time", limited(constraints.maxWallClockTime)],
    ["Files are kept", limited(constraints.retentionTime)],
    ["Node", task.nodeInfo?.nodeId],
  ]);
}

function limited(text) {
  const ms = durationMillis(text);
  return Number.isFinite(ms) ? duration(ms) : undefined;
}
