// What is looked at, as the part of the address after `#`: `job`, then `view=tasks` or `task`, and what the table shows.

/** The members of the address. */
export function route() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** A link to these members; empty ones are left out. */
export function linkTo(members) {
  const given = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return `#${new URLSearchParams(given)}`;
}

/** Go there; with `replace` the step back leads to where the reader was before. */
export function goTo(members, { replace = false } = {}) {
  const link = linkTo(members);
  if (link === location.hash) return;
  if (!replace) location.hash = link;
  else {
    history.replaceState(null, "", link);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
