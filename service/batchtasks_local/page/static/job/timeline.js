// The timeline: each task a bar from its start to its end, each row a slot, drawn on a canvas.

import { count, duration, fullMoment, millis } from "../lib/format.js";
import { Lanes } from "./lanes.js";

const ROW = 18;
const TALLEST = 300;
const AXIS = 22;
const SHORTEST_VIEW = 1_000;
const WIDEST = 256;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400].map((s) => s * 1000);

/** The time of day in UTC, to the second or to a tenth of one. */
function clock(time, step = 1000) {
  return step < 1000 ? `${new Date(time).toISOString().slice(11, 21)}Z` : fullMoment(time).slice(11);
}

/** A task as a bar, or null for one that has not started. */
export function barOf(task) {
  const { startTime, endTime, result } = task.executionInfo;
  if (!startTime) return null;
  const start = millis(startTime);
  const end = task.state === "completed" ? Math.max(millis(endTime), start) : Infinity;
  const kind = end === Infinity ? "running" : result === "success" ? "succeeded" : "failed";
  const slots = (task.requiredSlots ?? 1) * (task.multiInstanceSettings?.numberOfInstances ?? 1);
  const width = Math.min(Math.max(slots, 1), WIDEST);
  return { key: `${task.id} ${startTime}`, task, start, end, width, kind };
}

/** Draws on `canvas`; writes about the bar pointed at into `pointed`; calls `choose(task)` for one that is clicked. */
export class Timeline {
  #lanes = new Lanes();
  #bars = [];
  #rows = 0;
  #now = 0;
  #at = null;

  constructor(canvas, pointed, choose) {
    Object.assign(this, { canvas, pointed, choose, span: 0 });
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    canvas.addEventListener("pointermove", (event) => this.#point(this.#barAt(event)));
    canvas.addEventListener("pointerleave", () => this.#point(null));
    canvas.addEventListener("click", (event) => this.#take(this.#barAt(event)));
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Show these tasks, as of a moment on the service's clock. */
  show(tasks, now) {
    this.#now = now;
    this.#bars = tasks.map(barOf).filter((bar) => bar !== null);
    this.#rows = this.#lanes.place(this.#bars);
    this.#bars.sort((one, other) => one.start - other.start);
    if (this.#at) this.#at = this.#bars.find((bar) => bar.key === this.#at.key) ?? null;
    this.draw();
  }

  /** How many bars there are, and how many rows they take. */
  get size() {
    return { bars: this.#bars.length, rows: this.#rows };
  }

  draw() {
    const width = this.canvas.clientWidth;
    const row = Math.min(TALLEST / Math.max(this.#rows, 1), ROW);
    const height = Math.round(Math.max(row * this.#rows, ROW) + AXIS);
    const ratio = devicePixelRatio || 1;
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const [from, to] = this.#view();
    this.scale = { from, to, width, row, x: (time) => ((time - from) / (to - from)) * width };
    const colours = getComputedStyle(this.canvas);
    if (this.#bars.length > 0) this.#drawAxis(pen, height - AXIS, colours);
    for (const bar of this.#bars) this.#drawBar(pen, bar, colours);
  }

  /** The first and last moment shown. While something runs that is up to now, else up to the last end. */
  #view() {
    let [first, last] = [Infinity, -Infinity];
    for (const bar of this.#bars) {
      first = Math.min(first, bar.start);
      last = Math.max(last, Math.min(bar.end, this.#now));
    }
    if (last === -Infinity) [first, last] = [this.#now - SHORTEST_VIEW, this.#now];
    if (this.span > 0) first = last - this.span;
    return [Math.min(first, last - SHORTEST_VIEW), last];
  }

  #drawAxis(pen, bottom, colours) {
    const { from, to, width, x } = this.scale;
    const step = STEPS.find((one) => ((to - from) / one) * 120 < width) ?? STEPS.at(-1);
    pen.font = `12px ${colours.fontFamily}`;
    pen.textBaseline = "bottom";
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
      pen.fillStyle = colours.getPropertyValue("--line");
      pen.fillRect(Math.round(x(time)), 0, 1, bottom + 4);
      const label = clock(time, step);
      const wide = pen.measureText(label).width;
      pen.fillStyle = colours.getPropertyValue("--quiet");
      pen.fillText(label, Math.min(Math.max(x(time) - wide / 2, 0), width - wide), bottom + AXIS - 1);
    }
  }

  #drawBar(pen, bar, colours) {
    const { x, row, width } = this.scale;
    const left = Math.max(x(bar.start), 0);
    const right = Math.min(x(Math.min(bar.end, this.#now)), width);
    if (right < 0 || left > width) return;
    // a gap of one pixel between bars where there is room; failed ones are taller, so that colour is not all that tells
    const inset = row < 6 ? 0 : bar.kind === "failed" ? 1 : 3;
    const wide = Math.max(right - left - (right - left > 4 ? 1 : 0), 1.5);
    const box = [left, bar.lane * row + inset, wide, Math.max(bar.width * row - 2 * inset, 1.5)];
    pen.fillStyle = colours.getPropertyValue(`--${bar.kind}`);
    pen.beginPath();
    pen.roundRect(...box, wide > 6 && row > 6 ? 2 : 0);
    pen.fill();
    if (bar !== this.#at) return;
    pen.strokeStyle = colours.getPropertyValue("--text");
    pen.lineWidth = 2;
    pen.strokeRect(...box);
  }

  #barAt(event) {
    const { x, row } = this.scale;
    const lane = Math.floor(event.offsetY / row);
    const near = (bar) => Math.max(x(bar.start) - event.offsetX, event.offsetX - x(Math.min(bar.end, this.#now)), 0);
    const inLane = this.#bars.filter((bar) => bar.lane <= lane && lane < bar.lane + bar.width && near(bar) < 4);
    return inLane.sort((one, other) => near(one) - near(other))[0] ?? null;
  }

  #point(bar) {
    if (bar === this.#at) return;
    this.#at = bar;
    this.pointed.textContent = bar === null ? "" : this.#about(bar);
    this.canvas.style.cursor = bar === null ? "default" : "pointer";
    this.draw();
  }

  #about({ task, start, end, kind, width }) {
    const exit = task.executionInfo.exitCode;
    const parts = [`${task.id}: ${kind}`, duration(Math.min(end, this.#now) - start), `from ${clock(start)}`];
    if (exit !== undefined) parts.push(`exit code ${exit}`);
    if (width > 1) parts.push(count(width, "slot"));
    return parts.join(", ");
  }

  #take(bar) {
    this.#point(bar);
    if (bar !== null) this.choose(bar.task);
  }

  #key(event) {
    const place = this.#bars.indexOf(this.#at);
    const last = this.#bars.length - 1;
    const next = { ArrowLeft: place < 0 ? last : place - 1, ArrowRight: place + 1, Home: 0, End: last }[event.key];
    if (next !== undefined) this.#point(this.#bars[Math.min(Math.max(next, 0), last)] ?? null);
    else if (event.key === "Enter" && this.#at) this.#take(this.#at);
    else if (event.key === "Escape") this.#point(null);
    else return;
    event.preventDefault();
  }
}
