// The newest items of a list that comes in order of adding, page by page, and can only be asked for "since when".

const FIRST_SPAN = 5_000;
const STEP = 4;
const PROBES = 40;
const OVERLAP = 1_000; // an end may be written down a little after others that came later
const RENEW = 30;

/** The newest items, kept up to date with one small request a turn, however long the list is.
 *
 * `ask(since)` gives one page `{value, more}` of the items whose time is `since` (a Date) or later, of all for null, and
 * `timeOf(item)` an item's time in milliseconds. `enough` items need no wider search; `keep` is how many are held.
 * `items` has the newest first; `complete` says that there are no others. `now` is a moment after which there are none.
 */
export class Recent {
  #known = null;
  #span = FIRST_SPAN;
  #turns = 0;

  constructor(ask, timeOf, { enough, keep }) {
    Object.assign(this, { ask, timeOf, enough, keep });
    this.items = [];
    this.complete = false;
  }

  /** Bring the items up to date; `total` is how many there are by the service's own count. */
  async refresh(now, total) {
    this.#turns += 1;
    const fits = this.#known !== null && total >= this.#known && this.#turns % RENEW !== 0;
    if (total === 0) this.#set([], true);
    else if (!fits || !(await this.#advance(total))) await this.renew(now, total);
    this.#known = total;
  }

  /** Find the items anew. Without a total, whether the list is short is found out by asking for it. */
  async renew(now, total = 0) {
    if (total <= this.keep) {
      const all = await this.ask(null);
      if (!all.more) return this.#set(all.value, true);
    }
    return this.#set(await this.#search(now), false);
  }

  /** Ask for what has come since; false when that does not account for all. */
  async #advance(total) {
    if (this.items.length === 0) return false;
    const page = await this.ask(new Date(this.timeOf(this.items[0]) - OVERLAP));
    if (page.more) return false;
    this.#set(merged(this.items, page.value), this.complete);
    return !this.complete || this.items.length === total;
  }

  /** Look for the span of time back from now that holds enough items and not more than a page. */
  async #search(now) {
    let [few, many, inside, around] = [0, Infinity, [], []];
    for (let probe = 0; probe < PROBES && many - few > 1 && this.#span < now; probe += 1) {
      const page = await this.ask(new Date(now - this.#span));
      if (page.more) [many, around] = [this.#span, page.value];
      else [few, inside] = [this.#span, page.value];
      if (inside.length >= this.enough) return inside;
      this.#span = this.#next(few, many, now - this.#newest(around));
    }
    this.#span = Math.max(few, FIRST_SPAN);
    return merged(around, inside); // more than a page at one moment: some of them
  }

  /** The next span to try, between one with too few items and one with too many; `known` reaches an item for certain. */
  #next(few, many, known) {
    if (many === Infinity) return this.#span * STEP;
    const middle = few === 0 ? many / STEP : (few + many) / 2;
    return known > few ? Math.min(known, middle) : middle;
  }

  #newest(items) {
    return items.reduce((latest, item) => Math.max(latest, this.timeOf(item)), -Infinity);
  }

  #set(items, complete) {
    const sorted = items.sort((one, other) => this.timeOf(other) - this.timeOf(one));
    this.complete = complete && sorted.length <= this.keep;
    this.items = sorted.slice(0, this.keep);
  }
}

function merged(old, fresh) {
  return [...new Map([...old, ...fresh].map((item) => [item.id, item])).values()];
}
