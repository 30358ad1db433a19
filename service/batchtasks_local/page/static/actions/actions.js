// What can be done to a job and to its tasks, each behind a question. The requests are those of any client.

import { byId, el, fill } from "../lib/dom.js";
import { count, number } from "../lib/format.js";
import { Refused } from "../lib/requests.js";
import { Dialog } from "./dialog.js";

const LANES = 6;

// For a task: the request, what the question says, and the refusals that mean that there was nothing left to do.
const TASK = {
  terminate: {
    verb: "Terminate", done: "terminated", which: ["active", "running"], passing: ["TaskCompleted", "TaskNotFound"],
    send: (service, job, id, signal) => service.send("POST", ["jobs", job, "tasks", id, "terminate"], { signal }),
    text: "Running processes are ended. A terminated task counts as failed.",
  },
  reactivate: {
    verb: "Reactivate", done: "reactivated", which: ["failed"], passing: ["TaskNotFound"], isSafe: true,
    send: (service, job, id, signal) => service.send("POST", ["jobs", job, "tasks", id, "reactivate"], { signal }),
    text: "A reactivated task runs again, and its retries are counted from 0. A task that has succeeded cannot run again.",
  },
  delete: {
    verb: "Delete", done: "deleted", which: null, passing: ["TaskNotFound"],
    send: (service, job, id, signal) => service.send("DELETE", ["jobs", job, "tasks", id], { signal }),
    text: "Running processes are ended, and files are deleted too. This cannot be undone.",
  },
};

const REQUEUE = [
  ["requeue", "Running tasks are ended, and start again when the job is enabled."],
  ["terminate", "Running tasks are ended, and count as failed."],
  ["wait", "Running tasks run to their end."],
];

// For a job: in which states it can be asked for.
const JOB = {
  disable: {
    verb: "Disable", states: ["active"], isSafe: true, choices: REQUEUE, text: "No task of the job starts until it is enabled again.",
    send: (service, job, chosen) => service.send("POST", ["jobs", job, "disable"], { body: { disableTasks: chosen } }),
  },
  enable: {
    verb: "Enable", states: ["disabling", "disabled"], isSafe: true, text: "Its tasks start again.",
    send: (service, job) => service.send("POST", ["jobs", job, "enable"]),
  },
  terminate: {
    verb: "Terminate", states: ["active", "disabling", "disabled"],
    text: "Running tasks are ended and count as failed. Tasks that are active never run. This cannot be undone.",
    send: (service, job) => service.send("POST", ["jobs", job, "terminate"], { body: { terminateReason: "UserTerminate" } }),
  },
  delete: {
    verb: "Delete", states: ["active", "disabling", "disabled", "terminating", "completed"],
    text: "All of its tasks and their files are deleted. This cannot be undone.",
    send: (service, job) => service.send("DELETE", ["jobs", job]),
  },
};

export class Actions {
  #shown = "";

  /** `changed()` is called when something was changed. */
  constructor(service, changed) {
    Object.assign(this, { service, changed, dialog: new Dialog() });
  }

  /** Offer what the state of the job allows. */
  offer(id, state) {
    if (this.#shown === `${id} ${state}`) return;
    this.#shown = `${id} ${state}`;
    const allowed = Object.entries(JOB).filter(([, { states }]) => states.includes(state));
    fill(byId("job-actions"), allowed.map(([name, { verb, isSafe }]) => el("button", {
      type: "button", value: name, class: isSafe ? null : "danger", onclick: () => this.#job(name, id),
    }, verb)));
  }

  /** Whether the reader wants a file of this size. */
  download(name, size) {
    return this.dialog.ask({ title: `Download ${name}?`, text: `It has ${size}.`, verb: "Download", danger: false });
  }

  async #job(name, id) {
    const { verb, text, isSafe, choices, send } = JOB[name];
    const work = async (report, signal, chosen) => (await send(this.service, id, chosen)) && null;
    await this.dialog.ask({ title: `${verb} job ${id}?`, text, verb, danger: !isSafe, choices, work });
    this.changed();
  }

  /** Ask, and do something to one task; true if the reader agreed. */
  async task(name, job, id) {
    const { verb, text, isSafe, send } = TASK[name];
    const work = async (report, signal) => (await send(this.service, job, id, signal)) && null;
    const agreed = await this.dialog.ask({ title: `${verb} task ${id}?`, text, verb, danger: !isSafe, work });
    this.changed();
    return agreed;
  }

  /** Ask, and do something to the selected tasks, or else to all that the table's source gives. */
  async many(name, job, { source, ids }) {
    const { verb, text, isSafe, which } = TASK[name];
    const sources = ids.length > 0 ? [] : narrowed(source, which);
    let found = ids;
    const prepare = async (report, signal) => {
      if (ids.length === 0) found = await this.#gather(sources, report, signal);
      if (found.length === 0) return null;
      const them = ids.length > 0 ? "selected" : source.show === "all" && source.isPlain ? "" : "that the table shows";
      return `${count(found.length, "task")} ${them} of job ${job}. ${text}`.replace("  ", " ");
    };
    const title = `${verb} ${ids.length > 0 ? "the selected tasks" : "all of these tasks"}?`;
    const work = (report, signal) => this.#each(name, job, found, report, signal);
    await this.dialog.ask({ title, text: "Counting the tasks.", verb, danger: !isSafe, prepare, work });
    this.changed();
  }

  async #gather(sources, report, signal) {
    const found = new Set();
    for (const source of sources) {
      for await (const ids of source.ids(signal)) {
        ids.forEach((id) => found.add(id));
        report(`Counting the tasks: ${number(found.size)}.`);
      }
    }
    return [...found];
  }

  /** Send a request for each task, several at once; what was refused, as text, or null. */
  async #each(name, job, ids, report, signal) {
    const { send, done, passing } = TASK[name];
    const refused = new Map();
    let [next, ended, changed] = [0, 0, 0];
    const lane = async () => {
      while (next < ids.length && !signal.aborted) {
        const id = ids[next++];
        try {
          await send(this.service, job, id, signal);
          changed += 1;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          if (!passing.includes(error.code)) refused.set(error.message, (refused.get(error.message) ?? 0) + 1);
        }
        ended += 1;
        report(`${number(ended)} of ${count(ids.length, "task")}.`, ended / ids.length);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (refused.size === 0) return null;
    const reasons = [...refused].map(([message, size]) => `${number(size)} refused: ${message}`);
    return [`${count(changed, "task")} ${done}.`, ...reasons].join(" ");
  }
}

/** The sources of the tasks for which an action makes sense: of all that match, those in these states. */
function narrowed(source, which) {
  if (which === null || which.includes(source.show)) return [source];
  const wider = source.show === "all" ? which : source.show === "completed" ? which.filter((show) => show === "failed") : [];
  return wider.map((show) => source.only(show));
}
