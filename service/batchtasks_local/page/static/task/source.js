// Where the table's pages come from. In the order of ids, a page is read by the Batch API with `$filter` and its skip
// tokens. What the API has no way to say (another order, a part of a name, a failure code) is asked below `/_jobs`, which
// gives ids; the tasks themselves come from the Batch API in any case.

import { quoted } from "../lib/requests.js";

const COLUMNS = "id,displayName,state,stateTransitionTime,creationTime,executionInfo,requiredSlots,multiInstanceSettings";
const AT_ONCE = 1_000;

/** What can be shown: a name, the filter of the API, and the members of a question below `/_jobs`. */
export const SHOWS = {
  all: { name: "All", filter: "", members: {} },
  active: { name: "Active", filter: "state eq 'active'", members: { state: "active" } },
  running: { name: "Running", filter: "state eq 'running'", members: { state: "running" } },
  completed: { name: "Completed", filter: "state eq 'completed'", members: { state: "completed" } },
  succeeded: { name: "Succeeded", filter: "executionInfo/result eq 'success'", members: { result: "success" } },
  failed: { name: "Failed", filter: "executionInfo/result eq 'failure'", members: { result: "failure" } },
};

/** The tasks of a job that are wanted: `{show, q, sort, desc, code, exit}` as in the address. */
export class Source {
  constructor(service, job, { show, q = "", sort = "id", desc = "", code = "", exit = "" }) {
    Object.assign(this, { service, job, show: SHOWS[show] ? show : "all", q, sort, desc, code, exit });
  }

  get key() {
    const { job, show, q, sort, desc, code, exit } = this;
    return JSON.stringify([job, show, q, sort, desc, code, exit]);
  }

  /** Whether the Batch API alone can say which tasks, without their order. */
  get isPlain() {
    return !this.q && !this.code;
  }

  /** The same, but only those that have also this state or result. */
  only(show) {
    return new Source(this.service, this.job, { ...this, show });
  }

  /** One page: its tasks, the token of the next one or null, and how many match, if that was counted. */
  async page(token, size, signal) {
    if (this.isPlain && this.sort === "id" && !this.desc) {
      const { value, next } = await this.#list(COLUMNS, token, size, signal);
      return { tasks: value, next, total: null };
    }
    const order = { sort: this.sort, descending: String(this.desc === "1") };
    const { ids, after, total } = await this.#find({ ...order, limit: size, ...(token && { after: token }) }, signal);
    return { tasks: await this.#named(ids, signal), next: after, total };
  }

  /** All ids that match, page by page. */
  async *ids(signal) {
    let token = null;
    do {
      const page = this.isPlain
        ? await this.#list("id", token, AT_ONCE, signal)
        : await this.#find({ limit: AT_ONCE, ...(token && { after: token }) }, signal);
      yield page.ids ?? page.value.map((task) => task.id);
      token = page.next ?? page.after ?? null;
    } while (token !== null);
  }

  #list(columns, token, size, signal) {
    const { filter } = SHOWS[this.show];
    const query = { $select: columns, maxresults: size, ...(filter && { $filter: filter }), ...(token && { $skiptoken: token }) };
    return this.service.page(["jobs", this.job, "tasks"], query, signal);
  }

  #find(more, signal) {
    const group = this.code && { failure: this.code, ...(this.exit !== "" && { exitCode: this.exit }) };
    const query = { ...SHOWS[this.show].members, ...group, ...(this.q && { search: this.q }), ...more };
    return this.service.json(["_jobs", this.job, "tasks"], { query, signal });
  }

  async #named(ids, signal) {
    if (ids.length === 0) return [];
    const query = { $select: COLUMNS, $filter: ids.map((id) => `id eq ${quoted(id)}`).join(" or ") };
    const { value } = await this.service.page(["jobs", this.job, "tasks"], query, signal);
    const known = new Map(value.map((task) => [task.id, task]));
    return ids.map((id) => known.get(id)).filter(Boolean);
  }
}

/** What the active ones of these tasks wait for, by id. */
export async function waitsOf(service, job, tasks, signal) {
  const ids = tasks.filter((task) => task.state === "active").map((task) => task.id);
  if (ids.length === 0) return {};
  return service.json(["_jobs", job, "waiting"], { query: { ids: ids.join(",") }, signal });
}
