// Signed requests to the service, as any client sends them.

/** Milliseconds by which a clock must be away from the service's to be taken for wrong; its dates are whole seconds. */
export const NOTICEABLE = 2_000;

const JSON_TYPE = "application/json; odata=minimalmetadata";
const PATIENCE = 60_000;

/** An answer that is an error: its status, Batch error code, and the seconds to wait if it names them. */
export class Refused extends Error {
  constructor(status, code, text, retryAfter) {
    super(text);
    Object.assign(this, { status, code, retryAfter });
  }
}

/** The account's requests. The key goes into WebCrypto, which never gives it back, and is kept nowhere else here. */
export class Service {
  static async open({ key, ...about }) {
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const hmac = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Service(hmac, about);
  }

  constructor(hmac, { account, apiVersion, skew, slots }) {
    Object.assign(this, { hmac, account, apiVersion, skew, slots });
  }

  /** What time it is on the service's clock, in milliseconds. */
  now() {
    return Date.now() + this.skew;
  }

  /** A moment that has certainly not come there: small differences between the clocks are not made good. */
  later() {
    return this.now() + NOTICEABLE;
  }

  /** Send a request to a path, such as ["jobs", id]; give the Response, or throw Refused. */
  async send(method, segments, { query = {}, range = "", body, signal } = {}) {
    const path = "/" + segments.map(encodeURIComponent).join("/");
    const parameters = { ...query, "api-version": this.apiVersion };
    const headers = { "ocp-date": new Date(this.now()).toUTCString(), ...(range && { "ocp-range": range }) };
    const content = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body));
    headers.Authorization = await this.#authorization(method, path, parameters, headers, content);
    if (content) headers["Content-Type"] = JSON_TYPE;
    const limit = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`${path}?${encoded(parameters)}`, {
      method, headers, body: content, cache: "no-store", redirect: "error",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }

  async json(segments, options) {
    return (await this.send("GET", segments, options)).json();
  }

  /** One page of a list: its items, whether there are more, and the token of the next page. */
  async page(segments, query, signal) {
    const answer = await this.json(segments, { query, signal });
    const link = answer["odata.nextLink"];
    const next = link ? new URL(link).searchParams.get("$skiptoken") : null;
    return { value: answer.value, more: next !== null, next };
  }

  async #authorization(method, path, parameters, ocp, content) {
    const type = content ? JSON_TYPE : "";
    const lines = [method, "", "", content ? content.length : "", "", type, "", "", "", "", "", ""];
    const signed = [
      lines.join("\n") + "\n",
      ...Object.keys(ocp).sort().map((name) => `${name}:${ocp[name]}\n`),
      `/${this.account}${path}`,
      ...Object.keys(parameters).sort().map((name) => `\n${name.toLowerCase()}:${parameters[name]}`),
    ];
    const mac = await crypto.subtle.sign("HMAC", this.hmac, new TextEncoder().encode(signed.join("")));
    return `SharedKey ${this.account}:${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
  }
}

/** A text as a literal of `$filter`. */
export function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

function encoded(parameters) {
  return Object.entries(parameters).map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
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
