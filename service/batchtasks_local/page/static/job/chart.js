// A small chart of values over time, drawn as SVG: an area, or bars one on another.

import { fill, mark, say } from "../lib/dom.js";
import { duration, moment } from "../lib/format.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 100;

export class Chart {
  #given = null;

  /** `figure` has a caption with an `output`, an SVG, and a line for the axis. */
  constructor(figure) {
    this.svg = figure.querySelector("svg");
    this.said = figure.querySelector("output");
    this.axis = [...figure.querySelectorAll(".axis span")];
    this.svg.addEventListener("pointermove", (event) => this.#point(event.offsetX / this.svg.clientWidth));
    this.svg.addEventListener("pointerleave", () => this.#rest());
  }

  /** Draw series `{kind, values}` of equal length; `most` is a line that the scale reaches at least. */
  show(given) {
    this.#given = given;
    const { series, from, step, most = 0, shape } = given;
    const size = series[0].values.length;
    const sums = Array.from({ length: size }, (_, n) => series.reduce((sum, { values }) => sum + values[n], 0));
    const top = Math.max(most, ...sums) * 1.05 || 1;
    Object.assign(given, { sums, size });
    mark(this.svg, "viewBox", `0 0 ${Math.max(size, 1)} ${HEIGHT}`);
    const y = (value) => HEIGHT - (value / top) * HEIGHT;
    const base = new Array(size).fill(0);
    const paths = series.map(({ kind, values }) => {
      const d = shape === "area" ? area(values, y) : bars(values, base, y);
      values.forEach((value, n) => (base[n] += value));
      return drawn("path", { class: kind, d });
    });
    const limit = most > 0 && size > 0 ? [drawn("line", { class: "limit", x1: 0, x2: size, y1: y(most), y2: y(most) })] : [];
    fill(this.svg, ...paths, ...limit);
    say(this.axis[0], size ? moment(from) : "");
    say(this.axis[1], size ? moment(from + size * step) : "");
    this.#rest();
  }

  #rest() {
    const { size, sums, unit } = this.#given;
    const text = size ? `${shown(Math.max(...sums))} ${unit} at most` : "no task has run";
    say(this.said, text);
    mark(this.svg, "aria-label", text);
  }

  #point(share) {
    if (!this.#given?.size) return;
    const { size, sums, from, step, unit, series } = this.#given;
    const n = Math.min(Math.max(Math.floor(share * size), 0), size - 1);
    const failed = series[1]?.values[n] ? `, ${shown(series[1].values[n])} failed` : "";
    say(this.said, `${shown(sums[n])} ${unit}${failed}, ${moment(from + n * step)}, over ${duration(step)}`);
  }
}

function shown(value) {
  if (value > 0 && value < 0.05) return "less than 0.1";
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function area(values, y) {
  if (values.length === 0) return "";
  const steps = values.map((value, n) => `L${n} ${y(value).toFixed(2)}H${n + 1}`).join("");
  return `M0 ${HEIGHT}${steps}V${HEIGHT}Z`;
}

function bars(values, base, y) {
  const boxes = values.map((value, n) => {
    if (value <= 0) return "";
    return `M${n + 0.08} ${y(base[n]).toFixed(2)}V${y(base[n] + value).toFixed(2)}H${n + 0.92}V${y(base[n]).toFixed(2)}Z`;
  });
  return boxes.join("");
}

function drawn(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
