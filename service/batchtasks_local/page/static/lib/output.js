// What tasks write: the ends of files as text, and files that are followed while they grow.

import { Refused } from "./requests.js";

const TAIL = 4_096;
const FIRST_READ = 65_536;
const KEPT = 262_144;

/** The last line with text of a task's standard error, at most 4 KiB back; empty if there is none. */
export async function lastErrorLine(service, job, task, signal) {
  const file = { place: ["jobs", job, "tasks", task, "files", "stderr.txt"], size: await sizeOf(service, job, task, signal) };
  if (!file.size) return "";
  const content = await read(service, file.place, Math.max(file.size - TAIL, 0), file.size - 1, signal);
  const lines = printed(new TextDecoder().decode(content)).split("\n");
  return lines.map((line) => line.trim()).filter(Boolean).at(-1) ?? "";
}

async function sizeOf(service, job, task, signal) {
  const query = { $filter: "startswith(name,'stderr.txt')" };
  const { value } = await service.page(["jobs", job, "tasks", task, "files"], query, signal);
  return Number(value.find((file) => file.name === "stderr.txt")?.properties?.contentLength ?? 0);
}

async function read(service, place, first, last, signal) {
  const answer = await service.send("GET", place, { range: `bytes=${first}-${last}`, signal });
  return new Uint8Array(await answer.arrayBuffer());
}

/** A file that is read from its end on, as far as it has grown. */
export class Followed {
  #decoder = new TextDecoder();
  #next = 0;
  #raw = "";

  constructor(service, place) {
    Object.assign(this, { service, place, skipped: 0, size: 0 });
  }

  /** Read what has come since; true if there is something new. */
  async grow(size, signal) {
    if (size < this.#next) this.#restart(); // it was written anew
    this.size = size;
    if (size === this.#next) return false;
    const first = this.#next === 0 ? Math.max(size - FIRST_READ, 0) : Math.max(this.#next, size - KEPT);
    let content = await read(this.service, this.place, first, size - 1, signal);
    if (first > this.#next) {
      this.#raw = "";
      const start = wholeLine(content);
      content = content.subarray(start);
      this.skipped = first + start;
    }
    this.#next = size;
    this.#raw += this.#decoder.decode(content, { stream: true });
    if (this.#raw.length > 2 * KEPT) this.#cut();
    return true;
  }

  get text() {
    return printed(this.#raw);
  }

  #cut() {
    const start = this.#raw.length - KEPT;
    this.skipped += new TextEncoder().encode(this.#raw.slice(0, start)).length;
    this.#raw = this.#raw.slice(start);
  }

  #restart() {
    this.#decoder = new TextDecoder();
    [this.#next, this.#raw, this.skipped] = [0, "", 0];
  }
}

/** Where the first whole line begins in bytes from somewhere inside a file, or else the first whole character. */
function wholeLine(content) {
  const line = content.indexOf(10);
  if (line >= 0 && line < content.length - 1) return line + 1;
  let start = 0;
  while (start < 3 && (content[start] & 0xc0) === 0x80) start += 1;
  return start;
}

// Colours and the like, and what sets the title of a terminal.
const COMMANDS = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))/g;
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

/** Text as a terminal would leave it: of a line that was written over, such as a progress bar, the last form. */
export function printed(text) {
  const lines = text.replace(COMMANDS, "").split("\n").map((line) => line.replace(/\r+$/, ""));
  const last = lines.map((line) => line.slice(line.lastIndexOf("\r") + 1));
  return last.join("\n").replace(CONTROLS, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)));
}

/** Why files cannot be read, or null for an error of another kind. */
export function whyNot(error) {
  return error instanceof Refused && [403, 404, 409].includes(error.status) ? error.message : null;
}
