// Every wall shown red: one broken rule per row, with the place and the words it is reported with.

import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { show } from "./finding.ts";
import { manifestOf, repoWith } from "./green-repo.ts";
import { type Manifest, readRepo } from "./repo.ts";
import { inspect } from "./walls.ts";

type Changes = Parameters<typeof repoWith>[0];

const found = (changes: Changes) => inspect(repoWith(changes)).findings.map(show);

/** One more source file in a package. */
const source = (name: string, text: string, file = "extra.ts"): Changes => ({
  [`packages/${name}/src/${file}`]: text,
});

const manifest = (name: string, changes: Manifest): Changes => ({
  [`packages/${name}/package.json`]: { ...manifestOf(name), ...changes },
});

const needs = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`@steadfast/${name}`, "workspace:^"]));

test("the repository itself holds all walls", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { packages, files, findings } = inspect(readRepo(root));
  expect(findings.map(show)).toEqual([]);
  expect(packages).toBeGreaterThan(10);
  expect(files).toBeGreaterThan(50);
});

test("the small repository that the rows below break is green", () => {
  expect(found({})).toEqual([]);
});

test("a file that does not parse is not a file without faults", () => {
  expect(found(source("backoff", "export const a = 1;\nexport const = ;"))).toEqual([
    "packages/backoff/src/extra.ts:2 syntax: Variable declaration expected.",
  ]);
});

describe("1 imports", () => {
  test.each<[string, Changes, string]>([
    [
      "a core imports a core",
      source("backoff", 'import type { A } from "@steadfast/crash-budget";'),
      "packages/backoff/src/extra.ts:1 imports: packages/backoff may not import @steadfast/crash-budget (it may import: policy)",
    ],
    [
      "policy imports anything",
      source("policy", '\nexport type { A } from "@steadfast/backoff";'),
      "packages/policy/src/extra.ts:2 imports: packages/policy may not import @steadfast/backoff (it may import: nothing)",
    ],
    [
      "the supervisor imports a policy package",
      source("supervisor", 'export * from "@steadfast/backoff";'),
      "packages/supervisor/src/extra.ts:1 imports: packages/supervisor may not import @steadfast/backoff (it may import: policy, child-slot)",
    ],
    [
      "an adapter imports the slot",
      source("child-process", 'import { a } from "@steadfast/child-slot";'),
      "packages/child-process/src/extra.ts:1 imports: packages/child-process may not import @steadfast/child-slot (it may import: policy, supervisor)",
    ],
    [
      "by import()",
      source("backoff", 'export const a = () => import("@steadfast/supervisor");'),
      "packages/backoff/src/extra.ts:1 imports: packages/backoff may not import @steadfast/supervisor (it may import: policy)",
    ],
    [
      "by a type import()",
      source("backoff", 'export type A = import("@steadfast/supervisor").A;'),
      "packages/backoff/src/extra.ts:1 imports: packages/backoff may not import @steadfast/supervisor (it may import: policy)",
    ],
    [
      "by import = require()",
      source("backoff", 'import a = require("@steadfast/supervisor");'),
      "packages/backoff/src/extra.ts:1 imports: packages/backoff may not import @steadfast/supervisor (it may import: policy)",
    ],
    [
      "by declare module",
      source("backoff", 'declare module "@steadfast/supervisor" {}'),
      "packages/backoff/src/extra.ts:1 imports: packages/backoff may not import @steadfast/supervisor (it may import: policy)",
    ],
    [
      "a module name that is computed",
      source("backoff", "export const a = (name: string) => import(name);"),
      "packages/backoff/src/extra.ts:1 imports: a module name must be a plain string here",
    ],
    [
      "a relative path into another package",
      source("backoff", 'import "../../policy/src/index.js";'),
      'packages/backoff/src/extra.ts:1 imports: "../../policy/src/index.js" leaves the package\'s src',
    ],
    [
      "a relative path from a test into another package",
      { "packages/backoff/test/a.test.ts": 'import "../../policy/src/index.js";' },
      'packages/backoff/test/a.test.ts:1 imports: "../../policy/src/index.js" leaves the package',
    ],
    [
      "a relative path from sources into tests",
      source("backoff", 'import "../test/index.test.js";'),
      'packages/backoff/src/extra.ts:1 imports: "../test/index.test.js" leaves the package\'s src',
    ],
    [
      "a package imports itself by name",
      source("backoff", 'import "@steadfast/backoff";'),
      'packages/backoff/src/extra.ts:1 imports: "@steadfast/backoff": a package imports itself by relative paths',
    ],
    [
      "anybody imports conformance",
      { "packages/backoff/test/a.test.ts": 'import "@steadfast/conformance";' },
      "packages/backoff/test/a.test.ts:1 imports: nobody imports conformance",
    ],
    [
      "a package imports an app",
      source("promise-tasks", 'import "@steadfast/sample";'),
      "packages/promise-tasks/src/extra.ts:1 imports: packages/promise-tasks may not import @steadfast/sample (it may import: policy, supervisor)",
    ],
    [
      "a test imports what its package does not declare",
      { "packages/backoff/test/a.test.ts": 'import "@steadfast/supervisor";' },
      "packages/backoff/test/a.test.ts:1 imports: @steadfast/supervisor is neither in dependencies nor in devDependencies of packages/backoff/package.json",
    ],
    [
      "third-party code",
      source("child-process", 'import "lodash";'),
      'packages/child-process/src/extra.ts:1 imports: "lodash": no third-party imports (a Node module is written node:...)',
    ],
    [
      "the testing subpath in sources",
      source("promise-tasks", 'import "@steadfast/supervisor/testing";'),
      "packages/promise-tasks/src/extra.ts:1 imports: @steadfast/supervisor/testing is for tests only",
    ],
    [
      "the Node subpath in a portable package",
      source("promise-tasks", 'import "@steadfast/supervisor/node";'),
      "packages/promise-tasks/src/extra.ts:1 imports: @steadfast/supervisor/node needs Node, and packages/promise-tasks runs without",
    ],
    [
      "a Node entry that the portable entry pulls in",
      source("supervisor", 'export * from "./node.js";'),
      'packages/supervisor/src/extra.ts:1 imports: "./node.js" needs Node: only the other Node files of the package may import it',
    ],
    [
      "ambient types by directive",
      source("backoff", '/// <reference types="node" />\nexport {};'),
      'packages/backoff/src/extra.ts:1 imports: /// <reference ...="node"> brings in what tsconfig keeps out',
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toEqual([expected]);
  });
});

describe("1 package.json", () => {
  test.each<[string, Changes, string]>([
    [
      "a third-party dependency",
      manifest("policy", { dependencies: { lodash: "5.0.0" } }),
      "packages/policy/package.json:1 manifest: lodash: no third-party runtime dependencies",
    ],
    [
      "a third-party peer",
      manifest("policy", { peerDependencies: { lodash: "5.0.0" } }),
      "packages/policy/package.json:1 manifest: lodash: no third-party runtime dependencies",
    ],
    [
      "a dependency behind a wall",
      {
        ...manifest("backoff", { dependencies: needs("policy", "supervisor") }),
        "packages/backoff/src/index.ts": 'import "@steadfast/policy";',
      },
      "packages/backoff/package.json:1 manifest: it may not depend on @steadfast/supervisor",
    ],
    [
      "a dependency that nothing imports",
      { "packages/backoff/src/index.ts": "export {};" },
      "packages/backoff/package.json:1 manifest: @steadfast/policy is declared but no source imports it",
    ],
    [
      "an import that is not declared",
      manifest("backoff", { dependencies: {} }),
      "packages/backoff/src/index.ts:1 imports: @steadfast/policy is not in the dependencies of packages/backoff/package.json",
    ],
    [
      "a fixed version of a sibling",
      manifest("backoff", { dependencies: { "@steadfast/policy": "0.1.0" } }),
      'packages/backoff/package.json:1 manifest: @steadfast/policy must be "workspace:^", not "0.1.0"',
    ],
    ...["policy", "child-slot", "supervisor"].map((name): [string, Changes, string] => [
      `${name} depends on laws, for tests`,
      manifest(name, { devDependencies: needs("laws") }),
      `packages/${name}/package.json:1 manifest: it may not depend on @steadfast/laws, not even for tests`,
    ]),
    [
      "anybody depends on conformance",
      manifest("backoff", { devDependencies: needs("conformance") }),
      "packages/backoff/package.json:1 manifest: nobody depends on @steadfast/conformance",
    ],
    [
      "a package that the table does not know",
      { "packages/news/package.json": { private: true } },
      "packages/news/package.json:1 manifest: packages/news has no row in scripts/walls/table.ts",
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toContain(expected);
  });
});

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
});

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

describe("5 names", () => {
  test.each<[string, Changes, string]>([
    [
      "a file called utils",
      source("backoff", "export {};", "utils.ts"),
      'packages/backoff/src/utils.ts:1 names: "utils" does not say what is in it',
    ],
    [
      "a folder called common",
      source("backoff", "export {};", "common/a.ts"),
      'packages/backoff/src/common/a.ts:1 names: "common" does not say what is in it',
    ],
    [
      "a test file called test-helpers",
      { "packages/backoff/test/test-helpers.ts": "export {};" },
      'packages/backoff/test/test-helpers.ts:1 names: "helpers" does not say what is in it',
    ],
    [
      "an interface with a prefix",
      source("backoff", "export interface IShape {}"),
      "packages/backoff/src/extra.ts:1 names: interface IShape: no I prefix",
    ],
    [
      "a frozen object",
      source("backoff", "\n\nexport const a = Object.freeze({});"),
      "packages/backoff/src/extra.ts:3 names: no Object.freeze in sources",
    ],
    [
      "freeze, destructured",
      source("child-process", "const { freeze } = Object; export const a = freeze({});"),
      "packages/child-process/src/extra.ts:1 names: no Object.freeze in sources",
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toEqual([expected]);
  });

  test("a package called utils", () => {
    expect(found(manifest("backoff", { name: "@steadfast/utils" }))).toContain(
      'packages/backoff/package.json:1 names: a package called "utils" does not say what is in it',
    );
  });

  test("names that only begin alike", () => {
    const text = "export interface Item {} export interface IO {} export interface Idle {}";
    expect(found(source("backoff", text, "utility-of-waiting.ts"))).toEqual([]);
  });
});

describe("6 published packages", () => {
  const at = (message: string) => `packages/policy/package.json:1 published: ${message}`;
  test.each<[string, Changes, string]>([
    ["no README", { "packages/policy/README.md": null }, at("no README.md")],
    ["an empty README", { "packages/policy/README.md": " \n" }, at("no README.md")],
    ["no test", { "packages/policy/test/index.test.ts": null }, at("no test under test/")],
    ["another licence", manifest("policy", { license: "GPL" }), at('"license" is not "MIT"')],
    ["side effects", manifest("policy", { sideEffects: true }), at('"sideEffects" is not false')],
    ["no dist", manifest("policy", { files: [] }), at('"files" does not list dist')],
    [
      "tests without a script",
      manifest("policy", { scripts: {} }),
      at('test has tests, but there is no script "test"'),
    ],
    [
      "real tests without a script",
      { "packages/policy/test/real/a.test.ts": "export {};" },
      at('test/real has tests, but there is no script "test:real"'),
    ],
    [
      "ambient types in a core",
      {
        "packages/policy/tsconfig.json":
          '{ "extends": "../../config/tsconfig.core.json", "compilerOptions": { "types": ["node"] } }',
      },
      at(`a core's tsconfig.json is exactly { "extends": "../../config/tsconfig.core.json" }`),
    ],
  ])("%s", (_name, changes, expected) => {
    expect(found(changes)).toEqual([expected]);
  });

  test("no LICENSE", () => {
    expect(found({ LICENSE: null })).toContain(at("no LICENSE to pack"));
    expect(found({ LICENSE: null, "packages/policy/LICENSE": "MIT" })).not.toContain(
      at("no LICENSE to pack"),
    );
  });
});
