// A simulation as a picture: time from left to right, what is up, what waits, where it failed and where the policy said
// no. Pure; the colours suit light and dark pages, and each is also a place of its own, for those who see no colours.

import type { Simulation } from "@steadfast/analysis";
import { compact } from "../status/compact.js";
import { verdictOf } from "./simulation-text.js";

export interface Pictured {
  readonly name: string;
  readonly simulation: Simulation;
}

const WIDTH = 900;
const LEFT = 24;
const RIGHT = 24;
const ROW = 74;
const TOP = 10;
const AXIS = 34;
const BAR = 22;

const UP = "#2f9e44";
const WAIT = "#e8a33d";
const FAIL = "#e03131";

/** One row for each, on one time axis. */
export function simulationSvg(all: readonly Pictured[]): string {
  const until = Math.max(1, ...all.map(({ simulation }) => simulation.untilMs));
  const x = (at: number) => LEFT + (at / until) * (WIDTH - LEFT - RIGHT);
  const height = TOP + all.length * ROW + AXIS;
  const rows = all.map((one, i) => rowOf(one, TOP + i * ROW, x));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#808080">`,
    `<title>${escaped(all.map(({ name }) => name).join(", "))}</title>`,
    ...rows,
    axis(until, x, height - AXIS + 6),
    "</svg>",
    "",
  ].join("\n");
}

type Scale = (at: number) => number;

function rowOf({ name, simulation }: Pictured, top: number, x: Scale): string {
  const { launches, refusals, untilMs } = simulation;
  const y = top + 26;
  const middle = y + BAR / 2;
  const ups = launches.map(({ at, uptimeMs }) => [at, at + (uptimeMs ?? untilMs - at)] as const);
  const waits = launches.map(({ at }, i) => [ups[i - 1]?.[1] ?? 0, at] as const);
  const failures = launches.flatMap(({ at, uptimeMs, failed }) =>
    failed && uptimeMs !== null ? [at + uptimeMs] : [],
  );
  const label = `<text x="${LEFT}" y="${top + 16}"><tspan font-weight="600">${escaped(name)}</tspan>`;
  return [
    `<g>${label}  ${escaped(verdictOf(simulation))}</text>`,
    `<path d="${bars(ups, x, y, BAR)}" fill="${UP}"/>`,
    `<path d="${bars(waits, x, middle - 2, 4)}" fill="${WAIT}"/>`,
    `<path d="${ticks(failures, x, y - 3, BAR + 6)}" stroke="${FAIL}" stroke-width="1.5" fill="none"/>`,
    ...refusals
      .slice(-1)
      .map(({ at, reason, retryAfterMs }) =>
        retryAfterMs === null ? stopSign(x(at), middle, reason) : "",
      ),
    "</g>",
  ].join("\n");
}

/** Rectangles as one path; what is narrower than a tenth of a pixel and begins where another did is one with it. */
function bars(
  spans: readonly (readonly [from: number, to: number])[],
  x: Scale,
  y: number,
  height: number,
): string {
  let path = "";
  let last = "";
  for (const [from, to] of spans) {
    if (to <= from) continue;
    const at = x(from).toFixed(1);
    const width = Math.max(0.3, x(to) - x(from)).toFixed(1);
    if (at === last && Number(width) <= 0.3) continue;
    path += `M${at} ${y}h${width}v${height}h-${width}z`;
    last = at;
  }
  return path;
}

function ticks(instants: readonly number[], x: Scale, y: number, height: number): string {
  const places = [...new Set(instants.map((at) => x(at).toFixed(1)))];
  return places.map((at) => `M${at} ${y}v${height}`).join("");
}

function stopSign(x: number, y: number, reason: string): string {
  const isRight = x > WIDTH / 2;
  const text = `<text x="${isRight ? x - 12 : x + 12}" y="${y + 28}" text-anchor="${isRight ? "end" : "start"}">never: ${escaped(reason)}</text>`;
  return `<circle cx="${x.toFixed(1)}" cy="${y}" r="6" fill="none" stroke="${FAIL}" stroke-width="2.5"/>${text}`;
}

function axis(until: number, x: Scale, y: number): string {
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const anchor = part === 0 ? "start" : part === 1 ? "end" : "middle";
    const at = x(until * part).toFixed(1);
    return `<text x="${at}" y="${y + 18}" text-anchor="${anchor}">${compact(until * part)}</text>`;
  });
  return `<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#80808066"/>\n${marks.join("\n")}`;
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text of a person in markup; controls, which XML does not allow, are left out. */
function escaped(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "").replaceAll(/[&<>"]/g, (char) => NAMED[char] as string);
}
