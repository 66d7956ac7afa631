// The chart over all children: launches, failures and refusals over the span in view. Dragging over it shows that part, for it is
// the axis of all timelines below.

import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colorsVersion, theColors } from "./colors.ts";
import type { Control } from "./control.ts";
import { clock, duration } from "./words.ts";

const BUCKETS = 120;
const HEIGHT = 96;
const EVERY_MS = 200;

export function Overview({ control }: { control: Control }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const made = new Chart(place.current, control);
    chart.current = made;
    return () => made.destroy();
  }, [control]);
  useLayoutEffect(() => chart.current?.draw());
  return <div class="chart" ref={place} />;
}

class Chart {
  readonly #plot: uPlot;
  readonly #sizes: ResizeObserver;
  #drawn = "";
  #drawnAt = 0;

  constructor(
    private readonly place: HTMLElement,
    private readonly control: Control,
  ) {
    this.#plot = new uPlot(this.#options(), this.#data(), place);
    this.#sizes = new ResizeObserver(() => {
      this.#plot.setSize({ width: place.clientWidth, height: HEIGHT });
    });
    this.#sizes.observe(place);
  }

  draw(): void {
    const { model } = this.control;
    // As often as a person sees a difference: what it counts are buckets.
    const state = [model.window.spanMs, model.window.until, colorsVersion()].join();
    if (state === this.#drawn && performance.now() - this.#drawnAt < EVERY_MS) return;
    this.#drawn = state;
    this.#drawnAt = performance.now();
    this.#plot.setData(this.#data(), false);
    const [from, to] = model.window.at(model.now);
    this.#plot.batch(() => {
      this.#plot.setScale("x", { min: from / 1_000, max: to / 1_000 });
      this.#plot.setScale("y", { min: 0, max: Math.max(4, ...this.#most()) });
    });
  }

  destroy(): void {
    this.#sizes.disconnect();
    this.#plot.destroy();
  }

  #most(): number[] {
    return this.#plot.data.slice(1).map((row) => Math.max(...(row as number[])));
  }

  #data(): uPlot.AlignedData {
    const { model } = this.control;
    const [from, to] = model.window.at(model.now);
    const width = (to - from) / BUCKETS;
    // Buckets stand on whole multiples, so that bars do not flicker while time goes on.
    const first = Math.floor(from / width) * width;
    const at = Array.from({ length: BUCKETS + 1 }, (_, i) => (first + i * width) / 1_000);
    const counted = model.counts.in(first, first + (BUCKETS + 1) * width, BUCKETS + 1);
    return [at, ...counted];
  }

  #options(): uPlot.Options {
    const color = (name: "good" | "bad" | "wait" | "text" | "line") => () => theColors()[name];
    const series = (label: string, name: "good" | "bad" | "wait", most: number) => ({
      label,
      stroke: color(name),
      fill: color(name),
      width: 0,
      points: { show: false },
      // One in front of the other, the rarer the narrower: none hides another.
      paths: uPlot.paths.bars?.({ size: [0.9, most], align: 1 }) as uPlot.Series.PathBuilder,
    });
    const axis = { stroke: color("text"), font: "11px system-ui, sans-serif" };
    return {
      width: this.place.clientWidth || 600,
      height: HEIGHT,
      legend: { show: false },
      padding: [6, 28, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: true, auto: false }, y: { auto: false } },
      series: [
        {},
        series("launches", "good", 8),
        series("failures", "bad", 5),
        series("refusals", "wait", 2),
      ],
      axes: [
        {
          ...axis,
          size: 24,
          space: 80,
          grid: { show: false },
          ticks: { stroke: color("line"), size: 4 },
          values: (_, splits) => splits.map((at) => clock(at * 1_000)),
        },
        {
          ...axis,
          size: 36,
          space: 24,
          grid: { stroke: color("line"), width: 1 },
          ticks: { show: false },
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000],
        },
      ],
      hooks: { setSelect: [(plot) => this.#selected(plot)] },
    };
  }

  #selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    const [from, to] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.control.model.window.show(from * 1_000, to * 1_000);
    this.control.say(`showing ${duration((to - from) * 1_000)}`);
  }
}
