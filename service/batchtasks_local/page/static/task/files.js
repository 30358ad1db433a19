// The files of a task: folders to go into, files to look at and to download.

import { arrange, byId, el, fill, say } from "../lib/dom.js";
import { bytes, fullMoment, moment } from "../lib/format.js";
import { whyNot } from "../lib/output.js";
import { quoted } from "../lib/requests.js";

const LARGE = 256 * 1024 * 1024;
const MOST = 1_000;

export class Files {
  #folder = "";
  #rows = new Map();

  /** `look(name)` shows a file; `wake()` asks for a refresh. */
  constructor(service, { look, wake, confirm }) {
    Object.assign(this, { service, look, wake, confirm, list: byId("files"), note: byId("files-note"), path: byId("folder") });
  }

  /** Begin with the folder of a task. */
  begin(job, task) {
    Object.assign(this, { place: ["jobs", job, "tasks", task, "files"] });
    this.#rows.clear();
    fill(this.list);
    this.#enter("");
  }

  /** Show that there is no file, and why. */
  none(reason) {
    fill(this.list);
    this.#rows.clear();
    this.list.closest(".table").hidden = true;
    say(this.note, reason);
  }

  /** Read the folder and show what is in it. */
  async refresh(signal) {
    const folder = this.#folder;
    let items = [];
    try {
      const filter = folder && { $filter: `startswith(name,${quoted(folder)})` };
      const query = { recursive: folder ? "true" : "false", maxresults: MOST, ...filter };
      const { value, more } = await this.service.page(this.place, query, signal);
      items = childrenOf(value, folder);
      say(this.note, more ? `More than ${MOST.toLocaleString("en")} files; the others are not shown.` : items.length ? "" : "No file.");
    } catch (error) {
      const reason = whyNot(error);
      if (reason === null) throw error;
      say(this.note, reason);
    }
    if (folder !== this.#folder) return;
    const rows = items.map((item) => this.#row(item));
    this.#rows = new Map(rows.map((row) => [row.key, row]));
    arrange(this.list, rows.map((row) => row.element));
    this.list.closest(".table").hidden = rows.length === 0;
  }

  #enter(folder) {
    this.#folder = folder;
    const parts = folder.split("/").filter(Boolean);
    const places = parts.map((part, n) => [part, `${parts.slice(0, n + 1).join("/")}/`]);
    const links = [["files", ""], ...places].flatMap(([name, target]) => [
      " / ", el("button", { type: "button", class: "plain", onclick: () => this.#enter(target) }, name)]);
    fill(this.path, ...links.slice(1));
    this.wake();
  }

  #row({ name, isDirectory, properties = {} }) {
    const key = `${name}${isDirectory ? "/" : ""}`;
    const row = this.#rows.get(key) ?? this.#made(key, name, isDirectory);
    row.length = Number(properties.contentLength ?? 0);
    say(row.size, isDirectory ? "folder" : bytes(row.length));
    say(row.when, moment(properties.lastModified));
    row.when.title = fullMoment(properties.lastModified);
    return row;
  }

  #made(key, name, isDirectory) {
    const row = { key, size: el("span"), when: el("span") };
    const short = name.slice(this.#folder.length);
    const button = (text, label, act) => el("button", { type: "button", class: "plain", "aria-label": label, onclick: act }, text);
    const open = isDirectory ? () => this.#enter(`${name}/`) : () => this.look(name);
    const cell = (label, ...content) => el("td", { role: "cell", "data-label": label }, content);
    row.element = el("tr", { role: "row" },
      cell("Name", button(isDirectory ? `${short}/` : short, `${isDirectory ? "Open" : "View"} ${short}`, open)),
      cell("Size", row.size), cell("Modified", row.when),
      cell("", isDirectory ? null : button("Download", `Download ${short}`, () => this.download(name, row.length))));
    return row;
  }

  /** Save a file; one that is very large only if the reader still wants it, because it passes through memory. */
  async download(name, size) {
    if (size > LARGE && !(await this.confirm(name, bytes(size)))) return;
    try {
      const answer = await this.service.send("GET", [...this.place, name]);
      const address = URL.createObjectURL(await answer.blob());
      el("a", { href: address, download: name.split("/").at(-1) }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      say(this.note, `${name} cannot be downloaded: ${error.message}`);
    }
  }
}

/** The files and folders right inside a folder, of a list of all that is below it; folders first. */
function childrenOf(items, folder) {
  const found = new Map();
  for (const item of items) {
    const [first, ...rest] = item.name.slice(folder.length).split("/");
    if (!first) continue;
    if (rest.length === 0) found.set(first, item);
    else if (!found.has(first)) found.set(first, { name: folder + first, isDirectory: true });
  }
  return [...found.values()].sort((one, other) => other.isDirectory - one.isDirectory || (one.name < other.name ? -1 : 1));
}
