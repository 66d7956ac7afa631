// The signals that importers let stop a service are those that a child may be stopped by.

import { constants } from "node:os";
import { spawnLauncher } from "@steadfast/child-process";
import { expect, it } from "vitest";
import { requestOf } from "../src/signal-of.js";

function stops(stopSignal: NodeJS.Signals): boolean {
  try {
    spawnLauncher("server", [], { stopSignal });
    return true;
  } catch {
    return false;
  }
}

it.each(Object.keys(constants.signals) as NodeJS.Signals[])("%s", (name) => {
  expect(requestOf(name) !== null).toBe(stops(name));
});

it("some may, and some may not", () => {
  expect([stops("SIGTERM"), stops("SIGSTOP")]).toEqual([true, false]);
});
