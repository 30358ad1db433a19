// Numbers, times and sizes as text, the same as the command line writes them. All times are UTC and end in Z.

const NUMBER = new Intl.NumberFormat("en");
const UNITS = [[86_400, "d", 3_600, "h"], [3_600, "h", 60, "m"], [60, "m", 1, "s"]];
const FOREVER = 10_000 * 365 * 86_400;

export function number(value) {
  return NUMBER.format(value);
}

/** The count and its noun: `1 task`, `1,000 tasks`. */
export function count(value, noun) {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Tasks per second: `8.3/s`. */
export function perSecond(value) {
  return `${value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 })}/s`;
}

/** Milliseconds since 1970 of a time in an answer, with all of its up to seven decimals; NaN without one. */
export function millis(text) {
  if (!text) return NaN;
  const [, whole, rest, zone] = /^(.*?\.\d{3})(\d+)(.*)$/.exec(text) ?? [];
  return rest ? Date.parse(whole + zone) + Number(`0.${rest}`) : Date.parse(text);
}

/** A time, as text or milliseconds, to the second: `2026-11-28 02:31:05Z`. */
export function fullMoment(time) {
  const ms = typeof time === "number" ? time : millis(time);
  if (!Number.isFinite(ms)) return "";
  const text = new Date(ms).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}Z`;
}

/** The same in short: of today without the day, of another day without the seconds. */
export function moment(time) {
  const [day, clock] = fullMoment(time).split(" ");
  if (!clock) return "";
  return day === new Date().toISOString().slice(0, 10) ? clock : `${day} ${clock.slice(0, 5)}Z`;
}

/** Milliseconds as a length of time: `42 ms`, `4.2 s`, `3 m 20 s`, `2 h 05 m`, `3 d 04 h`. */
export function duration(ms) {
  if (!Number.isFinite(ms)) return "";
  const seconds = Math.max(ms, 0) / 1000;
  if (seconds < 60) return seconds > 0 && seconds < 0.1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
  if (seconds >= FOREVER) return "unlimited";
  const [size, unit, part, smaller] = UNITS.find(([least]) => seconds >= least);
  const [whole, rest] = [Math.floor(seconds / size), Math.floor(seconds) % size];
  return rest >= part ? `${whole} ${unit} ${String(Math.floor(rest / part)).padStart(2, "0")} ${smaller}` : `${whole} ${unit}`;
}

/** A duration of the API (`PT1H2M3.5S`, `P7D`) in milliseconds; NaN without one. */
export function durationMillis(text) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text ?? "");
  if (found === null) return NaN;
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** A number of bytes: `312 B`, `4.0 KiB`, `120 MiB`. */
export function bytes(size) {
  if (size < 1024) return `${size} B`;
  let [amount, unit] = [size / 1024, 0];
  while (amount >= 1024 && unit < 3) [amount, unit] = [amount / 1024, unit + 1];
  return `${amount.toFixed(amount < 100 ? 1 : 0)} ${["KiB", "MiB", "GiB", "TiB"][unit]}`;
}

/** What a task is: active, running, succeeded or failed. */
export function kindOf(task) {
  if (task.state !== "completed") return task.state;
  return task.executionInfo?.result === "success" ? "succeeded" : "failed";
}

/** Why a task failed, in a few words; empty for one that did not. */
export function failureOf({ exitCode, failureInfo }) {
  if (!failureInfo) return "";
  if (exitCode !== undefined && failureInfo.code === "FailureExitCode") return `exit code ${exitCode}`;
  return failureInfo.message ? `${failureInfo.code}: ${failureInfo.message}` : failureInfo.code;
}

/** How long the latest run of a task took, or has taken so far at a moment `now`, in milliseconds. */
export function tookMillis({ state, executionInfo: { startTime, endTime } }, now) {
  if (!startTime || state === "active") return NaN;
  return (state === "completed" ? millis(endTime) : now) - millis(startTime);
}
