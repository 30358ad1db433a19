// Which row of the timeline a task is drawn in. The service does not say which slot a task ran on, so the rows are worked
// out from the times: a task goes into the first row that is free while it runs.

/** Rows that stay as they are while tasks come and go.
 *
 * A bar is `{key, start, end, width}`: `end` is Infinity while it runs, `width` is how many rows it takes, always the same.
 */
export class Lanes {
  #lanes = [];
  #placed = new Map();

  /** Take these bars and no others; each gets `lane`, its first row. Gives the number of rows. */
  place(bars) {
    this.#update(bars);
    if (this.#lanes.length > peak(bars)) {
      // a bar that was heard of late found no room between the others: place all of them anew, in order
      this.#lanes = [];
      this.#placed.clear();
      this.#update(bars);
    }
    return this.#lanes.length;
  }

  #update(bars) {
    const wanted = new Map(bars.map((bar) => [bar.key, bar]));
    for (const [key, old] of [...this.#placed]) {
      const bar = wanted.get(key);
      if (bar !== undefined && bar.start === old.start) this.#replace(old, bar);
      else this.#remove(old);
    }
    const fresh = bars.filter((bar) => !this.#placed.has(bar.key));
    for (const bar of fresh.sort((one, other) => one.start - other.start)) this.#add(bar);
    while (this.#lanes.length > 0 && this.#lanes.at(-1).size === 0) this.#lanes.pop();
  }

  #replace(old, bar) {
    bar.lane = old.lane;
    this.#remove(old);
    this.#put(bar);
  }

  #remove(bar) {
    this.#placed.delete(bar.key);
    for (let row = bar.lane; row < bar.lane + bar.width; row += 1) this.#lanes[row].delete(bar);
  }

  #add(bar) {
    bar.lane = 0;
    for (let row = 0; row < bar.lane + bar.width; row += 1) if (!this.#isFree(row, bar)) bar.lane = row + 1;
    this.#put(bar);
  }

  #put(bar) {
    this.#placed.set(bar.key, bar);
    for (let row = bar.lane; row < bar.lane + bar.width; row += 1) (this.#lanes[row] ??= new Set()).add(bar);
  }

  #isFree(row, bar) {
    for (const other of this.#lanes[row] ?? []) if (other.start < bar.end && bar.start < other.end) return false;
    return true;
  }
}

/** How many rows are in use at once at most. */
function peak(bars) {
  const changes = bars.flatMap(({ start, end, width }) => [[start, width], [end, -width]]);
  changes.sort(([one, up], [other, down]) => (one === other ? up - down : one - other));
  let [used, most] = [0, 0];
  for (const [, change] of changes) most = Math.max(most, (used += change));
  return most;
}
