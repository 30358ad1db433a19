// Tasks as rows that open: what went wrong, the command line, and the ends of standard output and error.

import { arrange, bytes, count, duration, el, millis, moment, say, timeOf } from "./format.js";
import { Refused } from "./requests.js";

const WHOLE = "id,state,creationTime,commandLine,executionInfo,nodeInfo";

/** All that an open row shows of a task. */
export async function readTask(service, job, id, signal) {
  const task = await service.json(["jobs", job, "tasks", id], { query: { $select: WHOLE }, signal });
  if (task.state === "active") return { task, tails: [], note: "It has not started." };
  try {
    const tails = await service.tails(job, id, signal);
    return { task, tails, note: tails.length ? "" : "It has written neither stdout.txt nor stderr.txt." };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { task, tails: [], note: `Its files cannot be read: ${error.message}` };
  }
}

/** Rows of tasks in a list; `read(id)` gives what an open row shows. */
export class Rows {
  #rows = new Map();

  constructor(list, read) {
    Object.assign(this, { list, read });
  }

  /** Show these tasks. A row that is open stays though its task is no longer among them. */
  show(tasks) {
    const wanted = tasks.map((task) => this.#row(task));
    arrange(this.list, wanted.map((row) => row.element), (element) => element.firstElementChild.open);
    for (const [id, row] of this.#rows) if (!row.element.isConnected) this.#rows.delete(id);
  }

  /** Read again what open rows show of tasks that have not ended. */
  async renew() {
    const live = [...this.#rows.values()].filter((row) => row.isLive);
    for (const row of live) await row.fill();
  }

  clear() {
    this.#rows.clear();
    this.list.replaceChildren();
  }

  open(id) {
    this.#rows.get(id).details.open = true;
  }

  #row(task) {
    const row = this.#rows.get(task.id) ?? new Row(task.id, this.read);
    this.#rows.set(task.id, row);
    row.update(task);
    return row;
  }
}

class Row {
  #shown = "";

  constructor(id, read) {
    Object.assign(this, { id, read, task: null });
    this.cells = Object.fromEntries(["kind", "name", "why", "took", "when"].map((name) => [name, el("span", { class: name })]));
    this.body = el("div", { class: "body" });
    this.details = el("details", {}, el("summary", {}, ...Object.values(this.cells)), this.body);
    this.details.addEventListener("toggle", () => this.details.open && this.fill());
    this.element = el("li", {}, this.details);
  }

  get isLive() {
    return this.details.open && this.task.state !== "completed";
  }

  update(task) {
    const ended = this.task !== null && this.task.executionInfo.endTime !== task.executionInfo.endTime;
    this.task = task;
    const { startTime, endTime } = task.executionInfo;
    const kind = kindOf(task);
    this.cells.kind.className = `kind ${kind}`;
    this.cells.kind.title = kind;
    say(this.cells.kind, kind);
    say(this.cells.name, task.id);
    say(this.cells.why, reason(task));
    say(this.cells.took, startTime ? duration((endTime ? millis(endTime) : Date.now()) - millis(startTime)) : "");
    say(this.cells.when, moment(endTime ?? startTime));
    if (ended && this.details.open) this.fill();
  }

  /** Read what the open row shows, and show it if it has changed. */
  async fill() {
    if (this.#shown === "") this.body.replaceChildren(el("p", { class: "quiet" }, "Reading"));
    let content;
    try {
      content = await this.read(this.id);
    } catch (error) {
      if (error.name !== "AbortError") this.body.replaceChildren(el("p", { class: "wrong" }, error.message));
      return;
    }
    const shown = JSON.stringify(content);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.body.replaceChildren(...parts(content));
    for (const pre of this.body.querySelectorAll("pre")) pre.scrollTop = pre.scrollHeight;
    this.update(content.task);
  }
}

function kindOf(task) {
  if (task.state !== "completed") return task.state;
  return task.executionInfo.result === "success" ? "succeeded" : "failed";
}

/** Why a task failed, in a few words. */
function reason({ executionInfo: { exitCode, failureInfo, retryCount } }) {
  const words = [];
  if (exitCode !== undefined && (exitCode !== 0 || failureInfo)) words.push(`exit code ${exitCode}`);
  if (failureInfo && !(failureInfo.code === "FailureExitCode" && words.length)) words.push(failureInfo.code);
  if (retryCount > 0) words.push(retryCount === 1 ? "1 retry" : `${retryCount} retries`);
  return words.join(", ");
}

function parts({ task, tails, note }) {
  const { failureInfo, startTime, endTime, exitCode, retryCount, requeueCount } = task.executionInfo;
  return [
    ...(failureInfo ? failure(failureInfo) : []),
    facts([
      ["State", task.state],
      ["Exit code", exitCode],
      ["Added", timeOf(task.creationTime)],
      ["Started", startTime && timeOf(startTime)],
      ["Ended", endTime && timeOf(endTime)],
      ["Retries", retryCount || undefined],
      ["Requeued", requeueCount || undefined],
      ["Node", task.nodeInfo?.nodeId],
    ]),
    text("Command line", task.commandLine),
    ...tails.map((tail) => text(tail.name, tail.text, about(tail))),
    ...(note ? [el("p", { class: "quiet" }, note)] : []),
  ];
}

function failure({ category, code, message, details = [] }) {
  return [
    el("p", { class: "failure" }, el("b", {}, code), ` (${category}) `, message ?? ""),
    ...(details.length ? [facts(details.map(({ name, value }) => [name, value]))] : []),
  ];
}

function facts(pairs) {
  const given = pairs.filter(([, value]) => value !== undefined && value !== null);
  return el("dl", { class: "facts" }, ...given.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function text(title, content, aside = "") {
  const heading = el("h4", {}, title, " ", el("span", { class: "quiet" }, aside));
  if (content === "") return el("div", {}, heading);
  return el("div", {}, heading, el("pre", { tabindex: "0", "aria-label": title }, content));
}

function about({ size, skipped }) {
  if (size === 0) return "empty";
  return skipped > 0 ? `the end of ${bytes(size)}; ${count(skipped, "byte")} before it are not shown` : bytes(size);
}
