// The table of all tasks of a job: search, filter, order, pages, and what is to be done to many at once.

import { arrange, byId, el, mark, say } from "../lib/dom.js";
import { duration, failureOf, fullMoment, kindOf, moment, number, tookMillis } from "../lib/format.js";
import { goTo, linkTo } from "../lib/route.js";
import { reasonsOf } from "./reasons.js";
import { SHOWS, Source, waitsOf } from "./source.js";

const SIZE = 50;
const TYPING = 250;
const RESULTS = { succeeded: "succeeded", failed: "failed" };

export class Table {
  #rows = new Map();
  #tokens = [null];
  #source = null;
  #shown = "";
  #next = null;
  #total = null;
  #stop = new AbortController();

  /** `act(verb, target)` begins an action on many tasks; `wake()` asks for a refresh at once. */
  constructor(service, { act, wake }) {
    Object.assign(this, { service, wake, body: byId("tasks"), selected: new Set() });
    for (const [value, { name }] of Object.entries(SHOWS)) byId("show").append(el("option", { value }, name));
    for (const head of document.querySelectorAll("#table th[data-sort]")) this.#sortable(head);
    byId("show").addEventListener("change", (event) => this.#set({ show: event.target.value, code: "", exit: "" }));
    byId("sort").addEventListener("change", (event) => this.#set({ sort: event.target.value, desc: "" }));
    byId("reverse").addEventListener("click", () => this.#set({ desc: this.#source.desc ? "" : "1" }));
    byId("group").addEventListener("click", () => this.#set({ code: "", exit: "" }));
    let typing = 0;
    byId("search").addEventListener("input", (event) => {
      clearTimeout(typing);
      typing = setTimeout(() => this.#set({ q: event.target.value.trim() }), TYPING);
    });
    byId("first").addEventListener("click", () => this.#turn(1));
    byId("previous").addEventListener("click", () => this.#turn(this.#tokens.length - 1));
    byId("next").addEventListener("click", () => this.#turn(this.#tokens.length + 1));
    byId("all").addEventListener("change", (event) => this.#selectAll(event.target.checked));
    for (const button of document.querySelectorAll("#many button")) {
      button.addEventListener("click", () => act(button.value, { source: this.#source, ids: [...this.selected], total: this.#count }));
    }
  }

  /** Take what the address asks for; true if that is another list than before. */
  follow(job, members) {
    const source = new Source(this.service, job, members);
    if (source.key === this.#source?.key) return false;
    this.#source = source;
    this.selected.clear();
    this.#begin([null]);
    this.#controls();
    return true;
  }

  /** Read the page again if something may have changed, and show it. */
  async refresh(watch) {
    const version = JSON.stringify([watch.version, this.#tokens.length]);
    if (version === this.#shown && !watch.isBusy) return this.#count;
    const [source, tokens, { signal }] = [this.#source, this.#tokens, this.#stop];
    try {
      const page = await source.page(tokens.at(-1), SIZE, signal);
      const waits = await waitsOf(this.service, watch.id, page.tasks, signal);
      if (source !== this.#source || tokens !== this.#tokens) return undefined;
      [this.#next, this.#shown] = [page.next, version];
      if (page.total !== null) this.#total = page.total;
      else if (!source.isPlain && tokens.length === 1) this.#total = page.tasks.length;
      this.#show(page.tasks, watch, waits);
    } catch (error) {
      if (!signal.aborted) throw error; // else another page is wanted by now
      this.wake();
    }
    return undefined;
  }

  /** How many tasks match, or null if nobody knows. */
  get #count() {
    if (!this.#source?.isPlain) return this.#total;
    return this.#source.show === "all" ? (this.all ?? null) : (this.counts?.[this.#source.show] ?? null);
  }

  #set(members) {
    const { job, show, q, sort, desc, code, exit } = this.#source;
    const given = { show: show === "all" ? "" : show, q, sort: sort === "id" ? "" : sort, desc, code, exit, ...members };
    goTo({ job, view: "tasks", ...given }, { replace: true });
  }

  #turn(page) {
    const tokens = page > this.#tokens.length ? [...this.#tokens, this.#next] : this.#tokens.slice(0, Math.max(page, 1));
    this.#begin(tokens);
  }

  #begin(tokens) {
    this.#stop.abort();
    this.#stop = new AbortController();
    if (tokens.length === 1) this.#total = null;
    [this.#tokens, this.#shown] = [tokens, ""];
    mark(byId("table"), "aria-busy", "true");
    this.wake();
  }

  #sortable(head) {
    const { sort } = head.dataset;
    const name = head.textContent;
    head.replaceChildren(el("button", { type: "button", onclick: () => {
      const again = this.#source.sort === sort;
      this.#set({ sort, desc: again && !this.#source.desc ? "1" : "" });
    } }, name));
    byId("sort").append(el("option", { value: sort }, name));
  }

  #controls() {
    const { show, q, sort, desc, code, exit } = this.#source;
    [byId("show").value, byId("sort").value] = [show, sort];
    if (byId("search").value.trim() !== q) byId("search").value = q;
    mark(byId("reverse"), "aria-pressed", String(desc === "1"));
    for (const head of document.querySelectorAll("#table th[data-sort]")) {
      mark(head, "aria-sort", head.dataset.sort === sort ? (desc ? "descending" : "ascending") : null);
    }
    byId("group").hidden = !code;
    say(byId("group"), code ? `${exit === "" ? code : `${code}, exit code ${exit}`} \u00d7` : "");
    mark(byId("group"), "aria-label", code ? `Show all failed tasks, not only ${code} ${exit}` : null);
  }

  #show(tasks, watch, waits) {
    [this.counts, this.all] = [watch.counts, watch.total];
    const rows = tasks.map((task) => this.#row(task, watch, waits));
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    for (const id of this.selected) if (!this.#rows.has(id)) this.selected.delete(id);
    arrange(this.body, rows.map((row) => row.element));
    mark(byId("table"), "aria-busy", null);
    byId("table").querySelector(".table").hidden = tasks.length === 0;
    this.#pager(tasks.length);
    this.#selection();
  }

  #pager(size) {
    const [page, total] = [this.#tokens.length, this.#count];
    const [first, last] = [(page - 1) * SIZE + 1, (page - 1) * SIZE + size];
    const of = total === null ? (this.#next ? " of more" : "") : ` of ${number(Math.max(total, last))}`;
    say(byId("shown"), size === 0 ? this.#nothing : `${number(first)} to ${number(last)}${of}`);
    byId("first").disabled = byId("previous").disabled = page === 1;
    byId("next").disabled = this.#next === null;
  }

  get #nothing() {
    const { show, q, code } = this.#source;
    return show === "all" && !q && !code ? "The job has no tasks." : "No task matches.";
  }

  #selectAll(on) {
    for (const row of this.#rows.values()) this.#select(row, on);
    this.#selection();
  }

  #select(row, on) {
    row.check.checked = on;
    if (on) this.selected.add(row.id);
    else this.selected.delete(row.id);
  }

  #selection() {
    const [size, rows] = [this.selected.size, this.#rows.size];
    byId("all").checked = size > 0 && size === rows;
    byId("all").indeterminate = size > 0 && size < rows;
    const count = this.#count;
    const all = count === null ? "All that match" : `All ${number(count)}`;
    say(byId("many-what"), size > 0 ? `${number(size)} selected` : all);
    byId("many").hidden = rows === 0;
  }

  #row(task, watch, waits) {
    const row = this.#rows.get(task.id) ?? this.#made(watch.id, task.id);
    const { executionInfo: info = {} } = task;
    const kind = kindOf(task);
    say(row.name, task.displayName ?? "");
    say(row.state, RESULTS[kind] ?? kind);
    row.state.className = `state ${kind}`;
    say(row.exit, info.exitCode === undefined ? "" : String(info.exitCode));
    say(row.retries, info.retryCount ? String(info.retryCount) : "");
    say(row.started, moment(info.startTime));
    row.started.title = fullMoment(info.startTime);
    say(row.took, duration(tookMillis({ ...task, executionInfo: info }, this.service.now())));
    say(row.why, kind === "active" ? reasonsOf(task, watch, waits[task.id], this.service.slots).join(" ") : failureOf(info));
    row.check.checked = this.selected.has(task.id);
    return row;
  }

  #made(job, id) {
    const row = { id, check: el("input", { type: "checkbox", "aria-label": `Select ${id}` }) };
    for (const name of ["name", "state", "exit", "retries", "started", "took", "why"]) row[name] = el("span", { class: name });
    row.check.addEventListener("change", () => {
      this.#select(row, row.check.checked);
      this.#selection();
    });
    const cell = (label, ...content) => el("td", { role: "cell", "data-label": label }, content);
    row.element = el("tr", { role: "row" },
      cell("", row.check),
      cell("", el("a", { href: linkTo({ job, task: id }) }, id), row.name),
      cell("State", row.state), cell("Exit code", row.exit), cell("Retries", row.retries),
      cell("Started", row.started), cell("Duration", row.took), cell("Why", row.why));
    return row;
  }
}
