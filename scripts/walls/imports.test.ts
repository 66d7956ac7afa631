// Wall 1 shown red: imports. One broken rule per row,
// with the place and the words it is reported with.

import { describe, expect, test } from "vitest";
import { type Changes, found, source } from "./green-repo.ts";

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
      "packages/supervisor/src/extra.ts:1 imports: packages/supervisor may not import @steadfast/backoff (it may import: policy, child-slot, supervision)",
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
      "a relative path from a bench to what tests share",
      { "packages/backoff/bench/a.ts": 'import "../../../config/testing/law.ts";' },
      'packages/backoff/bench/a.ts:1 imports: "../../../config/testing/law.ts" leaves the package',
    ],
    [
      "a relative path from sources to what tests share",
      source("backoff", 'import "../../../config/testing/law.ts";'),
      'packages/backoff/src/extra.ts:1 imports: "../../../config/testing/law.ts" leaves the package\'s src',
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

  test("what tests share may be imported by tests", () => {
    const change = {
      "packages/backoff/test/a.test.ts": 'import "../../../config/testing/law.ts";',
    };
    expect(found(change)).toEqual([]);
  });

  test("what is for tests only may be imported by a test kit", () => {
    expect(found(source("laws", 'import "@steadfast/supervisor/testing";'))).toEqual([]);
  });

  test.each([
    ["apps/sample/src/extra.ts", []],
    ["packages/policy/src/extra.ts", ["packages/policy/src/extra.ts:1 imports: "]],
  ])("the third-party package of one row is open to no other: %s", (path, findings) => {
    const manifest = {
      name: "@steadfast/sample",
      private: true,
      dependencies: { "log-update": "1.0.0" },
    };
    const changes = { "apps/sample/package.json": manifest, [path]: 'import "log-update";\n' };
    const imports = found(changes).filter((finding) => finding.includes(" imports: "));
    expect(imports.map((finding) => finding.slice(0, finding.indexOf('"')))).toEqual(findings);
  });
});
