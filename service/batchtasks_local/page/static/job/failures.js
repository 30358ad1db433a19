// Failed tasks in groups by exit code and failure code, each with the last line that its latest task wrote to stderr.

import { arrange, byId, el, say } from "../lib/dom.js";
import { count, moment, number } from "../lib/format.js";
import { lastErrorLine, whyNot } from "../lib/output.js";
import { linkTo } from "../lib/route.js";

const SHOWN = 8;

export class Failures {
  #job = null;
  #known = null;
  #rows = new Map();

  constructor(service) {
    Object.assign(this, { service, list: byId("failures"), note: byId("failures-note") });
  }

  /** Read the groups again when the number of failed tasks has changed. */
  async refresh(watch) {
    if (this.#job !== watch.id) [this.#job, this.#known] = [watch.id, null];
    if (watch.counts.failed === this.#known) return;
    const known = watch.counts.failed;
    const { value, complete } = await this.service.json(["_jobs", watch.id, "failures"], { signal: watch.signal });
    const shown = value.slice(0, SHOWN);
    const rows = shown.map((group) => this.#row(watch.id, group, known));
    this.#rows = new Map(rows.map((row) => [row.key, row]));
    arrange(this.list, rows.map((row) => row.element));
    this.list.closest(".table").hidden = rows.length === 0;
    say(this.note, noteOf(value.length, shown.length, complete));
    for (const [n, row] of rows.entries()) await this.#line(watch, shown[n], row);
    this.#known = known;
  }

  #row(job, group, failed) {
    const key = JSON.stringify([job, group.exitCode, group.code]);
    const row = this.#rows.get(key) ?? made(key);
    const { exitCode, code, category, message, id, ended } = group;
    const members = { job, view: "tasks", show: "failed", code, ...(exitCode !== null && { exit: exitCode }) };
    say(row.exit, exitCode === null ? "none" : String(exitCode));
    say(row.code, code);
    row.code.title = [category, message].filter(Boolean).join(": ");
    say(row.size, count(group.count, "task"));
    row.size.href = linkTo(members);
    row.share.style.inlineSize = `${Math.max((group.count / Math.max(failed, 1)) * 100, 1)}%`;
    say(row.task, id);
    row.task.href = linkTo({ job, task: id });
    say(row.when, moment(ended));
    return row;
  }

  async #line(watch, { id, ended, message, code }, row) {
    const read = `${id} ${ended}`;
    if (row.read === read) return;
    let text;
    try {
      text = await lastErrorLine(this.service, watch.id, id, watch.signal);
    } catch (error) {
      const reason = whyNot(error);
      if (reason === null) throw error;
      text = "";
    }
    row.read = read;
    const instead = code === "FailureExitCode" ? "It wrote nothing to stderr." : (message ?? "");
    say(row.line, text || instead);
    row.line.className = text ? "line" : "line quiet";
  }
}

function made(key) {
  const row = { key, read: null, element: null };
  const cells = { exit: el("span"), code: el("span"), when: el("span", { class: "quiet" }), line: el("span", { class: "line" }) };
  Object.assign(row, cells, { size: el("a"), task: el("a"), share: el("span", { class: "share failed" }) });
  const cell = (label, ...content) => el("td", { role: "cell", "data-label": label }, content);
  row.element = el("tr", { role: "row" },
    cell("Exit code", row.exit), cell("Failure", row.code),
    cell("Tasks", row.size, el("span", { class: "whole", "aria-hidden": "true" }, row.share)),
    cell("Latest", row.task, " ", row.when), cell("Last line of its stderr", row.line));
  return row;
}

function noteOf(all, shown, complete) {
  if (all === 0) return "No task has failed.";
  if (all === shown) return "";
  return `The ${shown} largest of ${complete ? number(all) : `more than ${number(all)}`} groups.`;
}
