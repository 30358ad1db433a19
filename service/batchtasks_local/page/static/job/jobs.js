// The list of jobs: the newest first, each with its counts, and a mark on those with failed tasks.

import { arrange, el, mark, say } from "../lib/dom.js";
import { moment, number } from "../lib/format.js";
import { linkTo } from "../lib/route.js";

const KINDS = ["succeeded", "failed", "running", "active"];
const MOST = 500;

export class Jobs {
  #rows = new Map();
  #search = "";
  #pages = 1;

  /** `changed()` is called when another list is wanted. */
  constructor(service, { list, more, find, box }, changed) {
    Object.assign(this, { service, list, more, first: undefined });
    find.addEventListener("input", () => {
      [this.#search, this.#pages] = [find.value.trim(), 1];
      changed();
    });
    more.addEventListener("click", () => {
      this.#pages += 1;
      changed();
    });
    const narrow = matchMedia("(max-width: 56rem)");
    const fit = () => {
      box.open = !narrow.matches;
      box.firstElementChild.tabIndex = narrow.matches ? 0 : -1; // where there is room it stays open
    };
    narrow.addEventListener("change", fit);
    fit();
    list.addEventListener("click", () => narrow.matches && (box.open = false));
  }

  /** Read the list again and show it; `chosen` is the id of the job that is looked at. */
  async refresh(chosen) {
    const search = this.#search;
    const { jobs, before } = await this.#read(search);
    if (search !== this.#search) return; // something else was typed meanwhile
    const rows = jobs.map((job) => this.#row(job));
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    arrange(this.list, rows.map((row) => row.element));
    this.first = jobs[0]?.id;
    this.mark(chosen);
    this.more.hidden = before === null || jobs.length >= MOST;
    say(this.list.nextElementSibling, jobs.length === 0 ? "No job." : "");
  }

  /** Show which job is looked at. */
  mark(chosen) {
    for (const { id, link } of this.#rows.values()) mark(link, "aria-current", id === chosen ? "page" : null);
  }

  async #read(search) {
    let [jobs, before] = [[], null];
    for (let page = 0; page < this.#pages; page += 1) {
      const query = { ...(search && { search }), ...(before !== null && { before }) };
      const answer = await this.service.json(["_jobs"], { query });
      [jobs, before] = [[...jobs, ...answer.value], answer.before];
      if (before === null) break;
    }
    return { jobs, before };
  }

  #row(job) {
    const row = this.#rows.get(job.id) ?? made(job.id);
    const all = KINDS.reduce((sum, kind) => sum + job[kind], 0);
    say(row.about, `${job.state}, added ${moment(job.creationTime)}`);
    say(row.label, job.displayName ?? "");
    say(row.failed, job.failed ? `${number(job.failed)} failed` : "");
    say(row.done, all ? `${number(job.succeeded + job.failed)} of ${number(all)}` : "no tasks");
    for (const kind of KINDS) row.bars[kind].style.flexGrow = job[kind];
    return row;
  }
}

function made(id) {
  const span = (name) => el("span", { class: name });
  const row = { id, ...Object.fromEntries(["about", "label", "failed", "done"].map((name) => [name, span(name)])) };
  row.bars = Object.fromEntries(KINDS.map((kind) => [kind, span(kind)]));
  row.link = el("a", { href: linkTo({ job: id }) },
    el("span", { class: "name" }, id), row.failed, row.label,
    el("span", { class: "shares", "aria-hidden": "true" }, Object.values(row.bars)), row.about, row.done);
  row.element = el("li", {}, row.link);
  return row;
}
