// The list of jobs: the newest ones, or the newest of those whose id begins with what was typed.

import { arrange, el, millis, moment, say } from "./format.js";
import { Recent } from "./recent.js";

const MOST = 100;

export class Jobs {
  #rows = new Map();
  #newest = null;

  constructor(service, list, more) {
    Object.assign(this, { service, list, more });
    this.find("");
  }

  /** Show only jobs whose id begins with this, from the next refresh on. */
  find(beginning) {
    const named = beginning && `startswith(id,'${beginning.replaceAll("'", "''")}')`;
    const ask = (since) => {
      const after = since && `creationTime ge DateTime'${since.toISOString()}'`;
      const filter = [named, after].filter(Boolean).join(" and ");
      const query = { $select: "id,state,creationTime", maxresults: MOST, ...(filter && { $filter: filter }) };
      return this.service.page(["jobs"], query);
    };
    this.#newest = new Recent(ask, (job) => millis(job.creationTime), { enough: MOST / 2, keep: MOST });
  }

  /** Read the list again and show it; `chosen` is the id of the job that is watched. */
  async refresh(chosen) {
    const newest = this.#newest;
    await newest.renew(this.service.later());
    if (newest !== this.#newest) return; // something else was typed meanwhile
    const rows = newest.items.map((job) => this.#row(job));
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    arrange(this.list, rows.map((row) => row.element));
    this.mark(chosen);
    say(this.more, note(newest));
  }

  /** Show which job is watched. */
  mark(chosen) {
    for (const { id, link } of this.#rows.values()) {
      if (id === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** The id of the newest job shown, if there is one. */
  get first() {
    return this.#newest.items[0]?.id;
  }

  #row({ id, state, creationTime }) {
    const row = this.#rows.get(id) ?? made(id);
    say(row.state, state);
    say(row.when, moment(creationTime));
    return row;
  }
}

function made(id) {
  const [state, when] = [el("span", { class: "state" }), el("span", { class: "when" })];
  const link = el("a", { href: `#job=${encodeURIComponent(id)}` }, el("span", { class: "name" }, id), state, when);
  return { id, link, state, when, element: el("li", {}, link) };
}

function note({ items, complete }) {
  if (!complete) return `The newest ${items.length}; there are more.`;
  return items.length === 0 ? "None." : "";
}
