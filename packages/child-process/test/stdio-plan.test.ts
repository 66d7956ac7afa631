import { expect, it } from "vitest";
import type { ProcessOptions } from "../src/launcher-options.js";
import type { OutputOptions } from "../src/output-options.js";
import { readProcessOptions } from "../src/read-launcher-options.js";
import { stdioPlan } from "../src/stdio-plan.js";

const readyWhen = () => true;
const rotated = { path: "x", maxBytes: 1 };

const table: readonly [why: string, options: ProcessOptions & OutputOptions, plan: string[]][] = [
  ["the tail needs stderr, stdout is the host's own", {}, ["ignore", "inherit", "pipe"]],
  ["one line is a tail", { stderrTail: 1 }, ["ignore", "inherit", "pipe"]],
  ["no tail: stderr is the host's own", { stderrTail: 0 }, ["ignore", "inherit", "inherit"]],
  [
    "no tail, no output: nothing is piped",
    { stderrTail: 0, stdout: "ignore", stderr: "ignore" },
    ["ignore", "ignore", "ignore"],
  ],
  ["an ignored stderr still has a tail", { stderr: "ignore" }, ["ignore", "inherit", "pipe"]],
  ["readiness needs both", { readyWhen, stderrTail: 0 }, ["ignore", "pipe", "pipe"]],
  [
    "also where they are ignored",
    { readyWhen, stderrTail: 0, stdout: "ignore", stderr: "ignore" },
    ["ignore", "pipe", "pipe"],
  ],
  ["lines need a pipe", { stdout: { line() {} } }, ["ignore", "pipe", "pipe"]],
  ["so does a prefix", { stdout: { prefix: true } }, ["ignore", "pipe", "pipe"]],
  ["and a file that is rotated", { stdout: { file: rotated } }, ["ignore", "pipe", "pipe"]],
];

it.each(table)("%s", (_why, options, plan) => {
  expect(stdioPlan(readProcessOptions("test", options, []), {})).toStrictEqual(plan);
});

it("gives the child a file of its own", () => {
  const settings = readProcessOptions("test", { stdout: { file: "x" }, stderr: { file: "x" } }, []);
  expect(stdioPlan(settings, { stdout: 7, stderr: 8 })).toStrictEqual(["ignore", 7, 8]);
});
