// Numbers, times and sizes as text, and elements made of text. Nothing here reads markup out of a string.

const NUMBER = new Intl.NumberFormat("en");
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** An element with attributes and children; strings become text, null and undefined are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Change an element's text only where it differs, so that a selection in it is kept. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Put elements into a list in this order, leaving those that stand right where they are; `keep` says which others stay. */
export function arrange(list, elements, keep = () => false) {
  const wanted = new Set(elements);
  for (const old of [...list.children]) if (!wanted.has(old) && !keep(old)) old.remove();
  let place = list.firstElementChild;
  for (const element of elements) {
    while (place && !wanted.has(place)) place = place.nextElementSibling;
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
  }
}

export function number(value) {
  return NUMBER.format(value);
}

/** The count and its noun: `1 task`, `1,000 tasks`. */
export function count(value, noun) {
  return `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Milliseconds since 1970 of a time in an answer, with all of its up to seven decimals; NaN without one. */
export function millis(text) {
  if (!text) return NaN;
  const [, whole, rest, zone] = /^(.*?\.\d{3})(\d+)(.*)$/.exec(text) ?? [];
  return rest ? Date.parse(whole + zone) + Number(`0.${rest}`) : Date.parse(text);
}

/** A time in an answer as the clock here shows it, with the day when that is not today. */
export function moment(text) {
  const at = new Date(millis(text));
  if (Number.isNaN(at.getTime())) return "";
  const clock = CLOCK.format(at);
  return at.toDateString() === new Date().toDateString() ? clock : `${DAY.format(at)}, ${clock}`;
}

/** The same as an element. */
export function timeOf(text) {
  return text ? el("time", { datetime: text, title: text }, moment(text)) : el("span", {}, "");
}

/** Milliseconds as a length of time: `0.42 s`, `12.3 s`, `3 min 04 s`, `2 h 05 min`. */
export function duration(ms) {
  if (!Number.isFinite(ms)) return "";
  const seconds = Math.max(ms, 0) / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (value) => String(value).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${number(Math.floor(whole / 3600))} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** A number of bytes: `312 bytes`, `4.0 KiB`. */
export function bytes(size) {
  if (size < 1024) return count(size, "byte");
  const unit = Math.min(Math.floor(Math.log2(size) / 10), 4);
  return `${(size / 1024 ** unit).toFixed(1)} ${["", "KiB", "MiB", "GiB", "TiB"][unit]}`;
}
