// What a task depends on, and what depends on it: the task between two lists.

import { el } from "../lib/dom.js";
import { count, kindOf } from "../lib/format.js";
import { quoted } from "../lib/requests.js";
import { linkTo } from "../lib/route.js";

const SHOWN = 12;

/** Read both sides of a task: `{parents, children}`, each `{tasks, ranges, more}`. */
export async function readGraph(service, job, task, signal) {
  const { taskIds = [], taskIdRanges = [] } = task.dependsOn ?? {};
  const { ids, complete } = await service.json(["_jobs", job, "dependants"], { query: { task: task.id }, signal });
  const [parents, children] = [taskIds.slice(0, SHOWN), ids.slice(0, SHOWN)];
  const known = await states(service, job, [...parents, ...children], signal);
  const named = (id) => known.get(id.toLowerCase()) ?? { id, kind: "missing" };
  return {
    parents: { tasks: parents.map(named), ranges: taskIdRanges, more: taskIds.length - parents.length },
    children: { tasks: children.map(named), ranges: [], more: ids.length - children.length, complete },
  };
}

async function states(service, job, ids, signal) {
  if (ids.length === 0) return new Map();
  const query = { $select: "id,state,executionInfo", $filter: ids.map((id) => `id eq ${quoted(id)}`).join(" or ") };
  const { value } = await service.page(["jobs", job, "tasks"], query, signal);
  return new Map(value.map((task) => [task.id.toLowerCase(), { id: task.id, kind: kindOf(task) }]));
}

/** The graph as elements; null for a task without dependencies. */
export function graphOf(job, task, { parents, children }) {
  const empty = (side) => side.tasks.length + side.ranges.length === 0;
  if (empty(parents) && empty(children)) return null;
  return el("div", { class: "graph" },
    side("Depends on", "parents", job, parents),
    el("div", { class: "middle" }, el("span", { class: `node ${kindOf(task)}` }, task.id)),
    side("Depend on it", "children", job, children));
}

function side(title, name, job, { tasks, ranges, more, complete = true }) {
  const items = [
    ...tasks.map(({ id, kind }) => node(job, id, kind)),
    ...ranges.map(({ start, end }) => el("li", {}, el("span", { class: "node" }, `${start} to ${end}`))),
    ...(more > 0 ? [el("li", {}, el("span", { class: "node quiet" }, `${complete ? "" : "more than "}${count(more, "more task")}`))] : []),
  ];
  const list = items.length > 0 ? el("ul", { class: name }, items) : el("p", { class: "quiet" }, "no task");
  return el("div", { class: "side" }, el("h4", {}, title), list);
}

function node(job, id, kind) {
  const about = el("span", { class: `state ${kind}` }, kind === "missing" ? "no such task" : kind);
  const name = kind === "missing" ? el("span", {}, id) : el("a", { href: linkTo({ job, task: id }) }, id);
  return el("li", {}, el("span", { class: `node ${kind}` }, name, " ", about));
}
