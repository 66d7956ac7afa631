// How costs grow with the number of children: the exponent of a power law, fitted, and a plot of it. Pure.

import { lines } from "../compared.ts";
import { number } from "../printed.ts";
import type { Result } from "../runner.ts";
import type { Table } from "../suite.ts";

export interface Curve {
  readonly figure: string;
  readonly unit: string;
  /** Sizes with the median of each. */
  readonly points: readonly (readonly [size: number, value: number])[];
  /** Of `value = c * size ** exponent`; null where nothing can be fitted. */
  readonly exponent: number | null;
}

/** Least squares between the logarithms, over the larger half of the sizes: what is fixed does not count there. */
export function fitted(points: Curve["points"]): number | null {
  const upper = points.slice(Math.floor(points.length / 2)).filter(([, value]) => value > 0);
  if (upper.length < 2) return null;
  const [xs, ys] = [
    upper.map(([size]) => Math.log(size)),
    upper.map(([, value]) => Math.log(value)),
  ];
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const above = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] ?? 0) - my), 0);
  const below = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  return below === 0 ? null : above / below;
}

export function curves(table: Table, result: Result): readonly Curve[] {
  const rows = lines(table, result);
  return Object.entries(table.figures).map(([figure, { unit }]) => {
    const points = rows.flatMap(({ candidate, cells }): [number, number][] => {
      const cell = cells.find((one) => one.figure === figure);
      return cell ? [[Number(candidate), cell.value.median]] : [];
    });
    return { figure, unit, points, exponent: fitted(points) };
  });
}

export function exponentText({ unit, exponent }: Curve): string {
  return `${unit}: ${exponent === null ? "not fitted" : `n^${number(exponent, 2)}`}`;
}

const COLOURS = ["#2563eb", "#d97706", "#059669", "#be185d"];
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [760, 400, 70, 250, 40, 45];

/** A line for each figure, both axes logarithmic. */
export function plot(title: string, all: readonly Curve[]): string {
  const points = all.flatMap((curve) => curve.points).filter(([, value]) => value > 0);
  const decade = (
    values: readonly number[],
    round: (value: number) => number,
    pick: typeof Math.min,
  ) => round(Math.log10(pick(...values)));
  const sizes = points.map(([size]) => size);
  const values = points.map(([, value]) => value);
  const [x0, x1] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))];
  const [y0, y1] = [
    decade(values, Math.floor, Math.min),
    Math.max(decade(values, Math.ceil, Math.max), decade(values, Math.floor, Math.min) + 1),
  ];
  const x = (size: number) =>
    LEFT + ((Math.log10(size) - x0) / (x1 - x0 || 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) =>
    TOP + ((y1 - Math.log10(value)) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM);
  const at = ([size, value]: readonly [number, number]) =>
    `${x(size).toFixed(1)},${y(value).toFixed(1)}`;
  const grid = Array.from({ length: y1 - y0 + 1 }, (_, i) => {
    const value = 10 ** (y0 + i);
    const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#8884"/>`;
    return `${line}<text x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${label(value)}</text>`;
  });
  const ticks = [...new Set(sizes)].map(
    (size) =>
      `<text x="${x(size)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${label(size)}</text>`,
  );
  const drawn = all.map((curve, i) => {
    const shown = curve.points.filter(([, value]) => value > 0);
    const colour = COLOURS[i % COLOURS.length] ?? "";
    const dots = shown.map((point) => {
      const [cx, cy] = at(point).split(",");
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`;
    });
    const line = `<polyline points="${shown.map(at).join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`;
    const key = `<text x="${WIDTH - RIGHT + 16}" y="${TOP + 14 + i * 24}" fill="${colour}">${exponentText(curve)}</text>`;
    return [line, ...dots, key].join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="${LEFT}" y="22" font-size="15">${title}</text>
${grid.join("\n")}
${ticks.join("\n")}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">children</text>
${drawn.join("\n")}
</svg>
`;
}

function label(value: number): string {
  return value >= 1 ? number(value, 0) : String(Number(value.toPrecision(1)));
}
