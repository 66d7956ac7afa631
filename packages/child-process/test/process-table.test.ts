import { describe, expect, it } from "vitest";
import { parseLine, processTable } from "../src/process-table.js";

/** The fields from the session to the nice value, then the number of threads and what follows. */
const threads = (count: number) => `500 0 -1 4194304 103 0 0 0 0 0 0 0 20 0 ${count} 0 108458 9 7`;
const rest = threads(1);

const table: readonly [why: string, stat: string, lives: boolean][] = [
  ["running", `12 (cat) R 1 500 ${rest}`, true],
  ["sleeping", `12 (cat) S 1 500 ${rest}`, true],
  ["stuck in the kernel", `12 (cat) D 1 500 ${rest}`, true],
  ["stopped", `12 (cat) T 1 500 ${rest}`, true],
  ["a zombie", `12 (cat) Z 1 500 ${rest}`, false],
  ["a zombie with a thread left", `12 (node) Z 1 500 ${threads(2)}`, true],
  ["running, with threads", `12 (node) S 1 500 ${threads(11)}`, true],
  ["dead, with a thread left", `12 (node) X 1 500 ${threads(2)}`, false],
  ["dead", `12 (cat) X 1 500 ${rest}`, false],
  ["dead, in older kernels", `12 (cat) x 1 500 ${rest}`, false],
  ["a name with spaces and parentheses", `12 (a) S 1 9 (b) S 1 500 ${rest}`, true],
  ["a name that feigns a zombie", `12 () Z 1 500 x) S 1 500 ${rest}`, true],
  ["a name with a line end", `12 (a\nb) S 1 500 ${rest}`, true],
];

it("is read once for all that ask in one turn, and again for those that ask later", async () => {
  const first = processTable();
  expect(processTable()).toBe(first);
  const table = await first;
  const second = processTable();
  expect(second).not.toBe(first);
  if (process.platform === "linux") {
    expect([...(table?.values() ?? [])].flat()).toContainEqual(
      expect.objectContaining({ pid: process.pid, lives: true }),
    );
    expect(await second).not.toBe(table);
  }
});

describe("parseLine", () => {
  it.each(table)("%s", (_why, stat, lives) => {
    expect(parseLine(stat)).toStrictEqual({ pid: 12, group: 500, lives, startTime: "108458" });
  });

  it.each([
    ["gone since the listing", ""],
    ["nonsense", "nonsense"],
    ["cut off", "12 (node) Z 1 500 500"],
  ])("%s: nobody", (_why, stat) => {
    expect(parseLine(stat)).toBeNull();
  });
});
