// Tables of a page, from what a run measured. Pure.

import { lines, reached } from "../compared.ts";
import type { Machine } from "../machine.ts";
import { number, ratioText, reachText, spreadText } from "../printed.ts";
import type { BenchRun, Result } from "../runner.ts";
import { METRICS, type MetricName } from "../soak/metrics.ts";
import type { Suite, Table } from "../suite.ts";
import type { SoakSummary } from "./published.ts";

export const cells = (all: readonly string[]) =>
  `| ${all.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;

export function machineText({ cpu, cores, memoryGib, system, node }: Machine): string {
  return `${cores} x ${cpu}, ${memoryGib} GiB, ${system}, Node ${node}`;
}

/** `2026-11-30 04:30, 7 rounds, load 1.2 to 1.4`. */
export function noiseText({ at, load }: Pick<Result, "at" | "load">, rounds: number): string {
  return `${at.slice(0, 16).replace("T", " ")} UTC, ${rounds} rounds, load ${load.join(" to ")}`;
}

function body(table: Table, result: Result): readonly string[] {
  return lines(table, result).map(({ candidate, cells: measured, notMeasured }) => {
    if (notMeasured !== null) return cells([candidate, `not measured: ${notMeasured}`]);
    const texts = measured.map(({ figure, value, ratio }) => {
      const text = spreadText(value, table.figures[figure]?.digits ?? 2);
      return ratio ? `${text}<br>${ratioText(ratio)}` : text;
    });
    return cells([candidate, ...texts]);
  });
}

/** One table, with what was to be reached, and where the figures come from. */
export function tableMarkdown(suite: Suite, table: Table, run: BenchRun): string {
  const result = run.results.find((one) => one.table === table.name);
  if (!result) return `Not measured: ${table.title}.`;
  const units = Object.entries(table.figures).map(([figure, { unit }]) =>
    which(table, figure) === "" ? unit : `${figure}, ${unit}`,
  );
  const ends = reached(table, result).map((one) => `- ${reachText(table, one)}`);
  return [
    cells([table.title, ...units]),
    cells(["---", ...units.map(() => "---")]),
    ...body(table, result),
    "",
    ...(ends.length > 0 ? [...ends, ""] : []),
    `\`pnpm bench:peers ${suite.name}\`, ${noiseText(result, run.rounds)}.`,
  ].join("\n");
}

/** All reaches of a suite, one line each. */
export function reachRows(suite: Suite, run: BenchRun): readonly string[] {
  return suite.tables.flatMap((table) => {
    const result = run.results.find((one) => one.table === table.name);
    if (!result) return [];
    return reached(table, result).map((one) => {
      const { reach, value, met } = one;
      const { figure, than, atMost, atLeast } = reach;
      const { unit = "", digits = 2 } = table.figures[figure] ?? {};
      const bound = atMost === undefined ? `>= ${short(atLeast)}` : `<= ${short(atMost)}`;
      const of = than === undefined ? `${bound} ${unit}` : `${bound}x ${than}, ${unit}`;
      const measured =
        than === undefined ? value && spreadText(value, digits) : value && ratioText(value);
      const verdict = met === null ? "not measured" : met ? "met" : "**missed**";
      return cells([
        `${table.title}: ${reach.candidate}${which(table, figure)}`,
        of,
        measured ?? "-",
        verdict,
      ]);
    });
  });
}

/** The figure's name where its unit does not tell it from another of the table. */
function which(table: Table, figure: string): string {
  const { unit } = table.figures[figure] ?? {};
  const alike = Object.values(table.figures).filter((one) => one.unit === unit);
  return alike.length > 1 ? `, ${figure}` : "";
}

function short(bound: number | undefined): string {
  return bound === undefined
    ? ""
    : number(Number(bound.toPrecision(3)), bound < 1 ? 2 : bound % 1 === 0 ? 0 : 2);
}

export function soakMarkdown(soak: SoakSummary): string {
  const { minutes, seed, at, load, readings, errors, left, trends, counts } = soak;
  const rows = Object.entries(trends).map(([name, trend]) => {
    const { title, unit } = METRICS[name as MetricName];
    const what = unit ? `${title}, ${unit}` : title;
    if (!trend) return cells([what, "too few readings"]);
    const figures = [trend.from, trend.to, trend.rise, trend.tolerated, trend.z];
    return cells([
      what,
      ...figures.map((one) => number(one, 1)),
      trend.isTrend ? "**grows**" : "flat",
    ]);
  });
  const lives = Object.entries(counts).filter(([what]) => what.startsWith("life: "));
  const lived = lives.map(([what, count]) => `${number(count, 0)} ${what.slice(6)}`).join(", ");
  const launches = number(counts.launched ?? 0, 0);
  const rest = Object.entries(left).map(([what, count]) => `${count} ${what}`);
  return [
    `Lives: ${lived}; ${launches} launches, ${readings} readings. Left at the end: ${rest.join(", ")}. ` +
      `Errors that nobody handled: ${errors}.`,
    "",
    cells(["reading", "first", "last", "rise", "tolerated", "z", ""]),
    cells(["---", "---", "---", "---", "---", "---", "---"]),
    ...rows,
    "",
    `\`pnpm soak --minutes ${minutes} --seed ${seed}\`, ${at.slice(0, 16).replace("T", " ")} UTC, load ${load.join(" to ")}.`,
  ].join("\n");
}
