// Which key the page signs with: the development key that the service hands out, or one that the reader types.

import { byId } from "./dom.js";
import { NOTICEABLE, Refused, Service } from "./requests.js";

const STORED = "batchtasks.key";

/** A Service whose key has been accepted; waits for the reader to give one if need be. */
export async function signIn() {
  const answer = await fetch("/_page/account.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(await answer.text());
  const given = { ...(await answer.json()), skew: skewOf(answer) };
  if (given.key !== null) return Service.open(given);
  const stored = sessionStorage.getItem(STORED);
  const known = stored && (await tried({ ...given, key: stored }).catch(() => null));
  const service = known ?? (await asked(given));
  byId("forget").hidden = false;
  byId("forget").addEventListener("click", forget);
  return service;
}

/** Drop the key and begin anew. */
export function forget() {
  sessionStorage.removeItem(STORED);
  location.reload();
}

function skewOf(answer) {
  const skew = Date.parse(answer.headers.get("Date")) - Date.now();
  return Math.abs(skew) > NOTICEABLE ? skew : 0;
}

async function tried(account) {
  const service = await Service.open(account);
  await service.page(["jobs"], { maxresults: 1, $select: "id" });
  return service;
}

function asked(given) {
  const [form, input] = [byId("ask"), byId("key")];
  byId("account").textContent = given.account;
  byId("status").textContent = "Waiting for the key";
  form.hidden = false;
  input.focus();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      byId("wrong").textContent = "";
      const key = input.value.trim();
      try {
        const service = await tried({ ...given, key });
        sessionStorage.setItem(STORED, key);
        input.value = "";
        form.hidden = true;
        byId("status").textContent = "Connecting";
        resolve(service);
      } catch (error) {
        byId("wrong").textContent = sentence(error);
      }
    });
  });
}

function sentence(error) {
  if (error instanceof Refused && [401, 403].includes(error.status)) return "The service does not take this key.";
  if (error instanceof DOMException) return "A key is base64 text; this is not.";
  return error.message;
}
