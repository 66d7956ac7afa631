// Walls 2 and 3 shown red, and what must stay green beside them. One broken rule per row,
// with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { found, source } from "./green-repo.ts";

describe("2 purity of cores", () => {
  const outside = "packages/backoff is pure; time, chance and the outside world are arguments";
  test.each<[string, string, string]>([
    ["a clock", "export const a = () => Date.now();", `Date: ${outside}`],
    ["a clock by new", "export const a = () => new Date();", `Date: ${outside}`],
    ["a clock as a base class", "export class A extends Date {}", `Date: ${outside}`],
    ["performance", "export const a = () => performance.now();", `performance: ${outside}`],
    ["by shorthand", "export const a = { performance };", `performance: ${outside}`],
    ["by export", "export { performance };", `performance: ${outside}`],
    ["behind typeof", "export const a = typeof process;", `process: ${outside}`],
    [
      "a promise that it exists",
      "declare const process: { pid: 1 };\nexport const a = process;",
      "",
    ],
    ["a declared global", "declare global { var pid: 1 }\nexport const a = pid;", ""],
    ["a timer", "export const a = () => setTimeout(() => {}, 1);", `setTimeout: ${outside}`],
    ["globalThis", "export const a = globalThis;", `globalThis: ${outside}`],
    ["eval", 'export const a = () => eval("1");', `eval: ${outside}`],
    ["Function", 'export const a = new Function("return 1");', `Function: ${outside}`],
    ["crypto", "export const a = () => crypto.randomUUID();", `crypto: ${outside}`],
    ["console", 'console.log("a");', `console: ${outside}`],
    ["Promise", "export const a = () => Promise.resolve();", `Promise: ${outside}`],
    ["import.meta", "export const a = import.meta.url;", "import.meta belongs to the surroundings"],
    [
      "Function through an object",
      'export const a = (() => 1).constructor("return Date")();',
      "calling .constructor can make code from text",
    ],
    [
      "the same, spelt as text",
      'export const a = (() => 1)["constructor"]("return Date")();',
      "calling .constructor can make code from text",
    ],
    [
      "the machine's language",
      'export const a = (b: string) => b.localeCompare("c");',
      "localeCompare depends on the machine's locale",
    ],
  ])("%s", (_name, text, message) => {
    const findings = found(source("backoff", text));
    expect(findings.length).toBe(1);
    expect(findings[0]).toMatch(/^packages\/backoff\/src\/extra\.ts:[12] purity: /);
    expect(findings[0]).toContain(message);
  });

  const chance = "Math.random: packages/backoff is pure; chance arrives in the event, as draw";
  const whole = "Math may only be used as Math.<name>, so that Math.random shows";
  test.each<[string, string]>([
    ["export const a = Math.random();", chance],
    ['export const a = Math["random"]();', chance],
    ["export const a = Math[`random`]();", chance],
    ["export const a = (Math as any).random();", chance],
    ["const { random } = Math; export const a = random;", chance],
    ["const { random: b, floor } = Math; export const a = b; floor(1);", chance],
    ["const { ...all } = Math; export const a = all;", whole],
    ["export const a = (name: 'floor') => Math[name](1);", whole],
    ["export const a = Math;", whole],
    ['export const a = Reflect.get(Math, "random");', whole],
  ])("%s", (text, message) => {
    expect(found(source("backoff", text))).toEqual([
      `packages/backoff/src/extra.ts:1 purity: ${message}`,
    ]);
  });

  test.each([
    ["a parameter", "export const a = (performance: number) => performance + 1;"],
    ["a variable", "const Date = 1; export const a = Date;"],
    ["a variable, used before", "export const a = () => process; const process = 1;"],
    ["a destructured name", "export const a = ({ process }: { process: 1 }) => process;"],
    ["a member", "export const a = (b: any) => b.Date + b.process.pid;"],
    ["a key", "export const a = { Date: 1, process() {}, performance: 2 };"],
    ["a destructured key", "export const a = ({ Date: b }: any) => b;"],
    ["a type", "export type A = Date | Promise<void>; export interface B extends Date {}"],
    ["a type import", 'import type { Date } from "@steadfast/policy"; export type A = Date;'],
    ["a label", "process: for (;;) { break process; }"],
    ["an export under another name", "const a = 1; export { a as process };"],
    ["arguments", "export function a() { return arguments.length; }"],
    [
      "what the language has",
      "export const a = [Math.max(1, NaN), isFinite(1), undefined, new Map()];",
    ],
    ["Math, destructured", "const { floor, max } = Math; export const a = floor(max(1));"],
    ["a class member", "export class A { process = 1; Date() { return this.process; } }"],
  ])("%s of the same name is fine", (_name, text) => {
    expect(found(source("backoff", text))).toEqual([]);
  });
});

describe("3 the outside world", () => {
  test.each<[string, string, string, string]>([
    [
      "a Node module in a core",
      "backoff",
      'import "node:fs";',
      "imports: node:fs: packages/backoff may not use node:* here",
    ],
    [
      "a Node module in promise-tasks",
      "promise-tasks",
      'import "node:fs";',
      "imports: node:fs: packages/promise-tasks may not use node:* here",
    ],
    [
      "a Node module in the supervisor",
      "supervisor",
      'export * from "node:fs";',
      "imports: node:fs: packages/supervisor may not use node:* here",
    ],
    [
      "a Node module by name",
      "supervisor",
      'export const a = "node:fs";',
      'purity: "node:fs" is a way to Node',
    ],
    [
      "a Node module without node:",
      "child-process",
      'import "fs";',
      'imports: "fs": no third-party imports (a Node module is written node:...)',
    ],
    [
      "process in the supervisor",
      "supervisor",
      "export const a = process.pid;",
      "purity: process is not among the globals that packages/supervisor may use",
    ],
    [
      "console in the supervisor",
      "supervisor",
      'console.log("a");',
      "purity: console is not among the globals that packages/supervisor may use",
    ],
    [
      "console in an adapter",
      "child-process",
      'console.log("a");',
      "purity: console is not among the globals that packages/child-process may use",
    ],
    [
      "setInterval in promise-tasks",
      "promise-tasks",
      "setInterval(() => {}, 1);",
      "purity: setInterval is not among the globals that packages/promise-tasks may use",
    ],
    [
      "globalThis in promise-tasks",
      "promise-tasks",
      "export const a = globalThis;",
      "purity: globalThis is not among the globals that packages/promise-tasks may use",
    ],
  ])("%s", (_name, name, text, expected) => {
    expect(found(source(name, text))).toEqual([`packages/${name}/src/extra.ts:1 ${expected}`]);
  });

  test("what the loop and the adapters need is theirs", () => {
    const loop =
      "export const a = [Date.now(), performance.now(), Math.random(), setTimeout(() => {}, 1)];\n" +
      "export const b = [new AbortController(), AbortSignal.abort(), new EventTarget()];\n" +
      "queueMicrotask(() => clearTimeout(1)); export const c = Promise.resolve();";
    const node = 'import "node:child_process"; export const a = [process.pid, setImmediate];';
    expect(found(source("supervisor", loop))).toEqual([]);
    expect(found(source("promise-tasks", loop))).toEqual([]);
    expect(found(source("child-process", node))).toEqual([]);
    expect(found(source("supervisor", node, "node.ts"))).toEqual([]);
    expect(found(source("supervisor", node, "node/pids.ts"))).toEqual([]);
  });

  test("one file of the supervisor may look for node:async_hooks, and for nothing else", () => {
    const look = (text: string) => found(source("supervisor", text, "async-context.ts"));
    expect(look('const { process } = globalThis; process.get("node:async_hooks");')).toEqual([]);
    expect(look("export const a = globalThis.setInterval;")).toEqual([
      "packages/supervisor/src/async-context.ts:1 purity: globalThis: only its process may be taken here",
    ]);
    expect(look('globalThis.process.get("node:fs");')).toEqual([
      'packages/supervisor/src/async-context.ts:1 purity: "node:fs" is a way to Node',
    ]);
  });

  test("one file of the supervisor may ask the process about its surroundings, and nothing else", () => {
    const ask = (text: string) => found(source("supervisor", text, "console/surroundings.ts"));
    expect(ask("const { process } = globalThis; console.error(process);")).toEqual([]);
    expect(ask("export const a = globalThis.setInterval;")).toEqual([
      "packages/supervisor/src/console/surroundings.ts:1 purity: globalThis: only its process may be taken here",
    ]);
    expect(ask('globalThis.process.get("node:async_hooks");')).toEqual([
      'packages/supervisor/src/console/surroundings.ts:1 purity: "node:async_hooks" is a way to Node',
    ]);
  });
});
