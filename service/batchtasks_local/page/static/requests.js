// Signed requests to the service, as any client sends them, and the few answers that the page reads.

const TAIL = 4096;

/** Milliseconds by which a clock must be away from the service's to be taken for wrong; its dates are whole seconds. */
export const NOTICEABLE = 2_000;

/** An answer that is an error: its status, Batch error code, and the seconds to wait if it names them. */
export class Refused extends Error {
  constructor(status, code, text, retryAfter) {
    super(text);
    Object.assign(this, { status, code, retryAfter });
  }
}

/** The account's requests. The key goes into WebCrypto, which never gives it back, and is kept nowhere else here. */
export class Service {
  static async open({ account, key, apiVersion, skew }) {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const hmac = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Service(account, hmac, apiVersion, skew);
  }

  constructor(account, hmac, apiVersion, skew) {
    Object.assign(this, { account, hmac, apiVersion, skew });
  }

  /** What time it is on the service's clock, in milliseconds. */
  now() {
    return Date.now() + this.skew;
  }

  /** A moment that has certainly not come there: small differences between the clocks are not made good. */
  later() {
    return this.now() + NOTICEABLE;
  }

  /** GET a path, such as ["jobs", id]; the Response, or Refused. */
  async get(segments, { query = {}, range = "", signal } = {}) {
    const path = "/" + segments.map(encodeURIComponent).join("/");
    const parameters = { ...query, "api-version": this.apiVersion };
    const headers = { "ocp-date": new Date(this.now()).toUTCString(), ...(range && { "ocp-range": range }) };
    headers.Authorization = await this.#authorization(path, parameters, headers);
    const answer = await fetch(`${path}?${encoded(parameters)}`, { headers, signal, cache: "no-store" });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }

  async json(segments, options) {
    return (await this.get(segments, options)).json();
  }

  /** One page of a list: its items, and whether there are more. */
  async page(segments, query, signal) {
    const answer = await this.json(segments, { query, signal });
    return { value: answer.value, more: "odata.nextLink" in answer };
  }

  /** The ends of a task's standard output and error: `[{name, size, skipped, text}]`, each at most 4 KiB. */
  async tails(job, task, signal) {
    const place = ["jobs", job, "tasks", task, "files"];
    const query = { $filter: "startswith(name,'std')" };
    const sizes = new Map((await this.page(place, query, signal)).value.map((file) => [file.name, sizeOf(file)]));
    const names = ["stdout.txt", "stderr.txt"].filter((name) => sizes.has(name));
    return Promise.all(names.map((name) => this.#tail([...place, name], sizes.get(name), signal)));
  }

  async #tail(place, size, signal) {
    const name = place.at(-1);
    if (size === 0) return { name, size, skipped: 0, text: "" };
    const first = Math.max(size - TAIL, 0);
    const answer = await this.get(place, { range: `bytes=${first}-${size - 1}`, signal });
    return { name, size, ...readable(new Uint8Array(await answer.arrayBuffer()), first) };
  }

  async #authorization(path, parameters, headers) {
    const named = Object.keys(headers).sort();
    const signed = [
      "GET" + "\n".repeat(12), // none of the eleven standard headers that count is sent
      ...named.map((name) => `${name}:${headers[name]}\n`),
      `/${this.account}${path}`,
      ...Object.keys(parameters).sort().map((name) => `\n${name.toLowerCase()}:${parameters[name]}`),
    ];
    const mac = await crypto.subtle.sign("HMAC", this.hmac, new TextEncoder().encode(signed.join("")));
    return `SharedKey ${this.account}:${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
  }
}

function encoded(parameters) {
  return Object.entries(parameters).map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}

function sizeOf(file) {
  return Number(file.properties?.contentLength ?? 0);
}

/** Bytes from somewhere inside a file as text that begins with a whole line. */
function readable(content, first) {
  let start = 0;
  if (first > 0) {
    const line = content.indexOf(10);
    if (line >= 0 && line < content.length - 1) start = line + 1;
    else while (start < 3 && (content[start] & 0xc0) === 0x80) start += 1; // the rest of a cut character
  }
  const text = new TextDecoder().decode(content.subarray(start));
  return { skipped: first + start, text: printed(text) };
}

// Colours and the like, and what sets the title of a terminal.
const COMMANDS = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))/g;
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

/** Text as a terminal would leave it: of a line that was written over, such as a progress bar, the last form. */
function printed(text) {
  const lines = text.replace(COMMANDS, "").split("\n").map((line) => line.replace(/\r+$/, ""));
  const last = lines.map((line) => line.slice(line.lastIndexOf("\r") + 1));
  return last.join("\n").replace(CONTROLS, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)));
}

async function refusal(answer) {
  let body = {};
  try {
    body = await answer.json();
  } catch {
    // not one of the service's own errors; the status says what there is to say
  }
  const text = (body.message?.value ?? answer.statusText).split("\n")[0];
  return new Refused(answer.status, body.code ?? String(answer.status), text, Number(answer.headers.get("Retry-After")));
}
