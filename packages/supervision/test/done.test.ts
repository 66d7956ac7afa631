// Which refusals mean "it is done", and how a supervision then ends.

import { type Exit, restartOn } from "@steadfast/policy";
import { expect, it } from "vitest";
import { isDone } from "../src/index.js";
import { World } from "./world.js";

it.each<readonly [string, boolean | null, boolean, string]>([
  ["not-wanted", false, true, "it ended well, and is not wanted any more"],
  ["stop-when", false, true, "it ended well, with the result that was waited for"],
  ["not-wanted", true, false, "a failure that is not started again is given up"],
  ["stop-when", true, false, "the same for a failure that the predicate knows"],
  ["not-wanted", null, false, "a child that has never run is not done"],
  ["window-full", false, false, "a limit is given up"],
  ["", false, false, "no reason at all"],
])("%j after failed %j: %j, since %s", (reason, failed, done, _why) => {
  expect(isDone(reason, failed)).toBe(done);
});

it.each<readonly [string, Exit]>([
  ["completed", { kind: "completed", value: 1 }],
  ["excused", { kind: "cancelled" }],
  ["excused", { kind: "failed", code: 0 }],
])("ends as %s after %j, if that is no failure, and stays so when it is saved", (type, exit) => {
  const world = new World({
    policy: restartOn("transient"),
    isFailure: () => false,
    script: [{ runMs: 5, exit }],
  });
  world.begin().pass(5);
  expect(world.state.ending).toEqual({ type });
  const read = world.machine.parse(JSON.parse(JSON.stringify(world.state)), world.now);
  expect(read.ending).toEqual({ type });
});
