// The report of a run: one file of HTML with everything in it, a plot for each metric.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Machine } from "../machine.ts";
import { type Judged, judged } from "./metrics.ts";
import type { Run } from "./run.ts";
import { WARM_UP } from "./trend.ts";
import { reasons } from "./verdict.ts";

const load = createRequire(import.meta.url);
const asset = (path: string) => readFileSync(load.resolve(`uplot/${path}`), "utf8");

export function escaped(text: string): string {
  const codes: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (letter) => codes[letter] ?? letter);
}

/** In a script nothing may end the script. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
  body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
  .green { color: light-dark(#0a7a34, #4cc97b); } .red { color: light-dark(#b3261e, #ff8a80); }
  table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
  th, td { text-align: right; padding: .2rem .8rem; border-bottom: 1px solid #8884; }
  th:first-child, td:first-child { text-align: left; padding-left: 0; }
  .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1.5rem; }
  .plot h3 { font-size: 1rem; margin: 0 0 .3rem; } .wide { columns: 3; }`;

const PLOTS = `
  const { minutes, series } = JSON.parse(document.getElementById("data").textContent);
  const text = getComputedStyle(document.body).color;
  const axis = { stroke: text, grid: { stroke: "#8883" }, ticks: { stroke: "#8883" } };
  series.forEach(({ name, unit, values, warmUp }) => {
    const place = document.getElementById("plot-" + name);
    const wash = (u) => {
      const left = u.valToPos(u.scales.x.min, "x", true);
      const width = u.valToPos(warmUp, "x", true) - left;
      u.ctx.fillStyle = "#8882";
      u.ctx.fillRect(left, u.bbox.top, Math.max(0, width), u.bbox.height);
    };
    const size = () => ({ width: place.clientWidth, height: 190 });
    const plot = new uPlot({
      ...size(),
      scales: { x: { time: false }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.1)] } },
      axes: [axis, axis],
      series: [
        { label: "minutes", value: (u, at) => at === null ? "--" : at.toFixed(1) },
        { label: unit || "count", stroke: "#3b82f6", width: 1, points: { show: false } },
      ],
      hooks: { drawClear: [wash] },
    }, [minutes, values], place);
    new ResizeObserver(() => plot.setSize(size())).observe(place);
  });`;

function row({ metric, trend }: Judged): string {
  const name = escaped(metric.unit ? `${metric.title}, ${metric.unit}` : metric.title);
  if (!trend) return `<tr><td>${name}</td><td colspan="5">too few readings</td></tr>`;
  const { from, to, rise, tolerated, z, isTrend } = trend;
  const cells = [from, to, rise, tolerated, z].map((value) => `<td>${value.toFixed(1)}</td>`);
  const verdict = isTrend ? '<td class="red">grows</td>' : '<td class="green">flat</td>';
  return `<tr><td>${name}</td>${cells.join("")}${verdict}</tr>`;
}

const plot = ({ name, metric }: Judged) =>
  `<section class="plot"><h3>${escaped(metric.title)}</h3>
   <div id="plot-${name}" role="img" aria-label="${escaped(metric.title)} over the run"></div></section>`;

function facts(run: Run, machine: Machine): string {
  const { minutes, seed, at, load: loads } = run;
  return escaped(
    `pnpm soak --minutes ${minutes} --seed ${seed}, begun ${at}; ${machine.cores} x ${machine.cpu}, ` +
      `${machine.system}, Node ${machine.node}; load ${loads.join(" to ")}`,
  );
}

export function report(run: Run, machine: Machine): string {
  const all = judged(run.samples);
  const why = reasons(run);
  const minutes = run.samples.map((sample) => sample.seconds / 60);
  const warmUp = (minutes.at(-1) ?? 0) * WARM_UP;
  const series = all.map(({ name, metric }) => ({
    name,
    unit: metric.unit,
    warmUp,
    values: run.samples.map((sample) => sample[name]),
  }));
  const verdict =
    why.length === 0
      ? '<p class="green"><strong>Green: nothing grows, and nothing is left.</strong></p>'
      : `<p class="red"><strong>Red.</strong></p><ul>${why.map((one) => `<li>${escaped(one)}</li>`).join("")}</ul>`;
  const counts = Object.entries(run.counts).map(
    ([what, count]) => `<div>${escaped(what)}: ${count}</div>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Steadfast: soak</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${asset("dist/uPlot.min.css")}${STYLE}</style></head>
<body><h1>Soak</h1><p>${facts(run, machine)}</p>${verdict}
<p>Plotted over minutes. The grey part is the warm-up and does not count. A trend is a growth that is certain (z above 3) and larger
than what is tolerated.</p>
<table><thead><tr><th>metric</th><th>first</th><th>last</th><th>rise</th><th>tolerated</th><th>z</th><th></th></tr></thead>
<tbody>${all.map(row).join("")}</tbody></table>
<div class="plots">${all.map(plot).join("")}</div>
<h2>What happened</h2><div class="wide">${counts.join("")}</div>
<script id="data" type="application/json">${inScript({ minutes, series })}</script>
<script>${asset("dist/uPlot.iife.min.js")}</script><script>${PLOTS}</script></body></html>
`;
}
