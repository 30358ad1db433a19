// Why an active task has not started, in words.

import { count } from "../lib/format.js";

/** All reasons, the ones that somebody has to do something about first.
 *
 * `waits` is what the service says that the task waits for; `total` is how many slots the service has.
 */
export function reasonsOf(task, { job, counts, preparation }, waits, total) {
  if (task.state !== "active") return [];
  const found = [...ofJob(job), ...ofPreparation(preparation), ...ofParents(waits)];
  return found.length > 0 ? found : [ofSlots(task, job, counts, total)];
}

function ofJob({ state }) {
  if (state === "disabled" || state === "disabling") return [`The job is ${state}.`];
  return ["completed", "terminating", "deleting"].includes(state) ? [`The job is ${state}: it will never run.`] : [];
}

function ofPreparation(runs) {
  if (runs.length === 0 || runs.some(({ result }) => result === "success")) return [];
  if (runs.some(({ state }) => state === "running")) return ["The preparation task of the job has not completed."];
  const { exitCode, failureInfo } = runs[0];
  const why = exitCode === undefined ? failureInfo?.code : `exit code ${exitCode}`;
  return [`The preparation task of the job failed (${why}): no task starts.`];
}

function ofParents(waits) {
  if (!waits) return [];
  const { tasks, ranges, unmet } = waits;
  const said = [
    ...say("Depends on tasks that do not exist", tasks.filter((parent) => parent.state === null)),
    ...say("Depends on tasks that failed", tasks.filter((parent) => parent.result === "failure")),
    ...say("Waits for", tasks.filter((parent) => parent.state !== null && parent.result !== "failure")),
    ...ranges.map(({ start, end, missing }) => `Waits for ${missing.toLocaleString("en")} of the tasks ${start} to ${end}`),
  ];
  const more = unmet - tasks.length - ranges.length;
  return [...said, ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : [])].map((text) => `${text}.`);
}

function say(what, parents) {
  return parents.length > 0 ? [`${what}: ${parents.map((parent) => parent.id).join(", ")}`] : [];
}

function ofSlots({ requiredSlots = 1, multiInstanceSettings }, { maxParallelTasks = -1 }, counts, total) {
  if (total === 0) return "The service runs no tasks (--no-run).";
  const instances = multiInstanceSettings?.numberOfInstances ?? 1;
  if (instances === 1 && requiredSlots > total) return `Needs ${requiredSlots} slots; there are ${total}: it never starts.`;
  if (maxParallelTasks > 0 && counts.running >= maxParallelTasks) {
    return `The job runs ${count(maxParallelTasks, "task")} at once at most.`;
  }
  return `Waits for ${count(instances > 1 ? Math.min(instances, total) : requiredSlots, "free slot")}.`;
}
