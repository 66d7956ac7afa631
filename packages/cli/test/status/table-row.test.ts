// How a child stands, in one word.

import { expect, it } from "vitest";
import { type KnownStatus, rowOf } from "../../src/status/table-row.js";

const up: KnownStatus = {
  id: "web",
  path: "/shop/web",
  status: "ready",
  intent: "active",
  open: true,
  pid: 42,
  uptimeMs: 1_000,
  restarts: 2,
  lastExit: null,
  done: false,
  waiting: null,
  stop: null,
};
const away = { ...up, status: "stopped", pid: null, uptimeMs: null } as const;
const failed = { kind: "failed", code: 1 } as const;

it.each<readonly [word: string, status: KnownStatus, next: unknown]>([
  ["ready", up, null],
  ["running", { ...up, status: "running" }, null],
  [
    "stopping",
    { ...up, status: "cancelling", stop: { step: "asked", deadlineAt: 150 } },
    { what: "kill", inMs: 50 },
  ],
  [
    "killed",
    { ...up, status: "cancelling", stop: { step: "killed", deadlineAt: 150 } },
    { what: "give up", inMs: 50 },
  ],
  [
    "waiting",
    { ...away, waiting: { for: "delay", until: 300, cause: "restart" } },
    { what: "restart", inMs: 200 },
  ],
  [
    "waiting",
    { ...away, waiting: { for: "delay", until: 300, cause: "operator" } },
    { what: "start", inMs: 200 },
  ],
  [
    "not yet",
    { ...away, waiting: { for: "not-yet", until: 300, cause: "restart" } },
    { what: "ask", inMs: 200 },
  ],
  ["paused", { ...away, intent: "paused" }, null],
  ["done", { ...away, done: true, lastExit: { kind: "completed", code: 0 } }, null],
  ["failed", { ...away, done: true, lastExit: failed }, null],
  ["queued", away, null],
  ["stopped", { ...away, open: false }, null],
])("%s", (word, status, next) => {
  const row = rowOf(status, 100, { why: ["because"] });
  expect({ word: row.state.word, next: row.next }).toEqual({ word, next });
  const isWell = ["ready", "paused", "done", "stopped"].includes(word);
  expect(row.why).toEqual(isWell ? [] : ["because"]);
  expect(row.name).toBe("shop/web");
});

it("names no kill that never comes", () => {
  const never = { step: "asked", deadlineAt: Number.MAX_SAFE_INTEGER } as const;
  expect(rowOf({ ...up, stop: never }, 0, {}).next).toBeNull();
});
