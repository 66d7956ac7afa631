// Wall 4 shown red: who listens to the process. One broken rule per row,
// with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { found, source } from "./green-repo.ts";

describe("4 listeners on the process", () => {
  const only = (method: string) =>
    `process.${method}: only the supervisor's Node entry may listen to the process`;
  const whole = "process may only be used as process.<name>, so that its listeners show";
  test.each<[string, string]>([
    ['process.on("SIGINT", () => {});', only("on")],
    ['process.once("exit", () => {});', only("once")],
    ['process.addListener("uncaughtException", () => {});', only("addListener")],
    ['process["prependListener"]("exit", () => {});', only("prependListener")],
    ["export const a = (name: string) => process.on(name, () => {});", only("on")],
    ['const { on } = process; on("exit", () => {});', only("on")],
    ['import p from "node:process"; p.on("exit", () => {});', only("on")],
    ['import * as p from "node:process"; p.on("exit", () => {});', only("on")],
    ["export const a = process;", whole],
    ["export const a = (name: 'on') => process[name]('exit', () => {});", whole],
    [
      'import { once } from "node:process"; once("exit", () => {});',
      "import process itself, not { once }, so that its listeners show",
    ],
  ])("%s", (text, message) => {
    expect(found(source("child-process", text))).toEqual([
      `packages/child-process/src/extra.ts:1 signals: ${message}`,
    ]);
  });

  test("the supervisor's Node entry may, and a child may hear its parent", () => {
    const signals = 'process.on("SIGINT", () => {});';
    expect(found(source("supervisor", signals, "node.ts"))).toEqual([]);
    expect(found(source("child-process", 'process.on("message", () => {});'))).toEqual([]);
    expect(found(source("child-process", "export const a = process.env;"))).toEqual([]);
    const computed = "export const a = (name: 'stdout' | 'stderr') => process[name].write('b');";
    expect(found(source("child-process", computed))).toEqual([]);
    const local = "export const a = (process: any) => process.on('exit', () => {});";
    expect(found(source("child-process", local))).toEqual([]);
  });
});
