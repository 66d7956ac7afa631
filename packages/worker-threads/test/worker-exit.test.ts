// Every combination of what Node can tell about a worker's end, and the one exit that it means.

import { exitRecord, isFailure } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type WorkerEnd, workerExit } from "../src/index.js";
import { hostile } from "./hostile.js";

const ENTRY = "file:///app/worker.mjs";

/** As they come out of Node 20, 22, 24 and 26. */
const boom = new Error("boom");
const outOfMemory = Object.assign(new Error("limit"), { code: "ERR_WORKER_OUT_OF_MEMORY" });
const noEntry = Object.assign(new Error("none"), { code: "MODULE_NOT_FOUND", requireStack: [] });
const noEntryEsm = Object.assign(new Error("none"), { code: "ERR_MODULE_NOT_FOUND", url: ENTRY });
const noDependency = Object.assign(new Error("none"), {
  code: "MODULE_NOT_FOUND",
  requireStack: ["/app/worker.cjs"],
});
const noDependencyEsm = Object.assign(new Error("none"), {
  code: "ERR_MODULE_NOT_FOUND",
  url: "file:///app/other.mjs",
});
const noPackage = Object.assign(new Error("none"), { code: "ERR_MODULE_NOT_FOUND" });
const lookalike = { code: "MODULE_NOT_FOUND", requireStack: "" };
const lookalikeEsm = { code: "ERR_MODULE_NOT_FOUND", url: null };
const proxy = hostile();

const ran = { code: 1, online: true, killed: false, thrown: null, entry: ENTRY };

type Row = readonly [why: string, end: Partial<WorkerEnd>, exit: object];

const ROWS: readonly Row[] = [
  ["ended by itself", { code: 0 }, { kind: "completed", code: 0 }],
  [
    "ended by itself just before the kill",
    { code: 0, killed: true },
    { kind: "completed", code: 0 },
  ],
  ["process.exit(1), or somebody else's terminate", {}, { kind: "failed", code: 1 }],
  ["process.exit(3)", { code: 3 }, { kind: "failed", code: 3 }],
  ["an await that never ends", { code: 13 }, { kind: "failed", code: 13 }],
  ["a negative code", { code: -1 }, { kind: "failed", code: -1 }],
  ["process.exit(3) just before the kill", { code: 3, killed: true }, { kind: "failed", code: 3 }],
  ["terminated", { killed: true }, { kind: "cancelled" }],
  ["terminated before it ran", { killed: true, online: false, code: 0 }, { kind: "cancelled" }],
  ["terminated before it ran, code 1", { killed: true, online: false }, { kind: "cancelled" }],
  ["threw", { thrown: { error: boom } }, { kind: "failed", error: boom, code: 1 }],
  [
    "threw, and set code 0",
    { code: 0, thrown: { error: boom } },
    { kind: "failed", error: boom, code: 0 },
  ],
  [
    "threw just before the kill",
    { killed: true, thrown: { error: boom } },
    { kind: "failed", error: boom, code: 1 },
  ],
  [
    "threw undefined",
    { thrown: { error: undefined } },
    { kind: "failed", error: undefined, code: 1 },
  ],
  ["threw null", { thrown: { error: null } }, { kind: "failed", error: null, code: 1 }],
  ["threw a string", { thrown: { error: "boom" } }, { kind: "failed", error: "boom", code: 1 }],
  [
    "failed before it ran",
    { online: false, thrown: { error: boom } },
    { kind: "spawn-failed", error: boom },
  ],
  [
    "failed before it ran, with undefined",
    { online: false, thrown: { error: undefined } },
    { kind: "spawn-failed", error: undefined },
  ],
  ["no such module", { thrown: { error: noEntry } }, { kind: "spawn-failed", error: noEntry }],
  [
    "no such module, a factory's",
    { thrown: { error: noEntry }, entry: null },
    { kind: "spawn-failed", error: noEntry },
  ],
  [
    "no such module, under a preload",
    { thrown: { error: noEntryEsm } },
    { kind: "spawn-failed", error: noEntryEsm },
  ],
  [
    "no such module, under a preload, a factory's: nobody knows",
    { thrown: { error: noEntryEsm }, entry: null },
    { kind: "failed", error: noEntryEsm, code: 1 },
  ],
  [
    "requires what is not there",
    { thrown: { error: noDependency } },
    { kind: "failed", error: noDependency, code: 1 },
  ],
  [
    "imports what is not there",
    { thrown: { error: noDependencyEsm } },
    { kind: "failed", error: noDependencyEsm, code: 1 },
  ],
  [
    "imports a package that is not there",
    { thrown: { error: noPackage } },
    { kind: "failed", error: noPackage, code: 1 },
  ],
  [
    "imports a package, entry unknown",
    { thrown: { error: noPackage }, entry: null },
    { kind: "failed", error: noPackage, code: 1 },
  ],
  [
    "threw what only looks like a missing module",
    { thrown: { error: lookalike } },
    { kind: "failed", error: lookalike, code: 1 },
  ],
  [
    "threw what looks like a missing module without a name",
    { thrown: { error: lookalikeEsm }, entry: null },
    { kind: "failed", error: lookalikeEsm, code: 1 },
  ],
  [
    "reached its memory limit",
    { thrown: { error: outOfMemory } },
    { kind: "out-of-memory", error: outOfMemory, code: 1 },
  ],
  [
    "reached it before it ran (Node 20: code 0)",
    { code: 0, online: false, thrown: { error: outOfMemory } },
    { kind: "out-of-memory", error: outOfMemory, code: 0 },
  ],
  [
    "reached it as it was killed",
    { killed: true, thrown: { error: outOfMemory } },
    { kind: "out-of-memory", error: outOfMemory, code: 1 },
  ],
  [
    "threw a Proxy that traps everything",
    { thrown: { error: proxy } },
    { kind: "failed", error: proxy, code: 1 },
  ],
];

/** The same, said in another way. */
function foretold({ code, online, killed, thrown, entry }: WorkerEnd): string {
  if (!thrown) {
    if (killed && !online) return "cancelled";
    if (killed && code === 1) return "cancelled";
    if (!online) return "spawn-failed";
    return code === 0 ? "completed" : "failed";
  }
  if (thrown.error === outOfMemory) return "out-of-memory";
  if (!online || thrown.error === noEntry) return "spawn-failed";
  return thrown.error === noEntryEsm && entry === ENTRY ? "spawn-failed" : "failed";
}

const ERRORS = [
  boom,
  outOfMemory,
  noEntry,
  noEntryEsm,
  noDependency,
  noDependencyEsm,
  noPackage,
  lookalike,
  lookalikeEsm,
  proxy,
  undefined,
  null,
  0,
  "",
  "boom",
];

const ALL: readonly WorkerEnd[] = [0, 1, 2, 13, 255, -1].flatMap((code) =>
  [true, false].flatMap((online) =>
    [true, false].flatMap((killed) =>
      [ENTRY, null].flatMap((entry) =>
        [null, ...ERRORS.map((error) => ({ error }))].map((thrown) => ({
          code,
          online,
          killed,
          entry,
          thrown,
        })),
      ),
    ),
  ),
);

describe("workerExit", () => {
  it.each(ROWS)("%s", (_, end, exit) => {
    const actual: object = workerExit({ ...ran, ...end });
    expect(Object.keys(actual)).toStrictEqual(Object.keys(exit));
    for (const [key, value] of Object.entries(exit)) {
      expect(Object.is(Reflect.get(actual, key), value), key).toBe(true);
    }
  });

  it.each([0, 1, 3])("never is completed before the worker ran: code %i", (code) => {
    expect(workerExit({ ...ran, code, online: false })).toStrictEqual({
      kind: "spawn-failed",
      error: new Error(
        `the worker ended before its code ran, with code ${code}: terminated, or by a preload`,
      ),
    });
  });

  it("has an exit for every combination, as foretold, that a journal can hold", () => {
    const kinds = new Set<string>();
    for (const end of ALL) {
      const exit = workerExit(end);
      expect(exit.kind).toBe(foretold(end));
      kinds.add(exit.kind);
      if (end.thrown) expect("error" in exit && Object.is(exit.error, end.thrown.error)).toBe(true);
      expect(JSON.parse(JSON.stringify(exitRecord(exit)))).toMatchObject({ kind: exit.kind });
    }
    expect([...kinds].sort()).toStrictEqual([
      "cancelled",
      "completed",
      "failed",
      "out-of-memory",
      "spawn-failed",
    ]);
  });

  it("calls neither a stop nor a kill a failure, and everything else but a clean end one", () => {
    for (const end of ALL) {
      const clean = end.thrown === null && (end.killed || (end.online && end.code === 0));
      if (!clean) expect(isFailure(workerExit(end))).toBe(true);
      if (end.thrown === null && end.killed && end.code === 1) {
        expect(isFailure(workerExit(end))).toBe(false);
      }
    }
  });
});
