// Elements made of text. Nothing here reads markup out of a string.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text. Functions are listeners (`onclick`), null is left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...given(children));
  return made;
}

/** Replace what is inside an element. */
export function fill(element, ...children) {
  element.replaceChildren(...given(children));
}

function given(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== "");
}

/** Change an element's text only where it differs, so that a selection in it is kept. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set an attribute, or remove it for null. */
export function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Put elements into a list in this order, leaving those that stand right where they are. */
export function arrange(list, elements) {
  const wanted = new Set(elements);
  for (const old of [...list.children]) if (!wanted.has(old)) old.remove();
  let place = list.firstElementChild;
  for (const element of elements) {
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
  }
}

/** Names and values as a list of terms; pairs without a value are left out. */
export function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return el("dl", { class: "facts" }, known.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** Text that keeps its lines, may be long, and can be scrolled by keyboard. */
export function preformatted(label, text = "") {
  return el("pre", { tabindex: "0", role: "group", "aria-label": label }, text);
}
