import { expect, it } from "vitest";
import { alarm as makeAlarm } from "../src/alarm.js";
import { manualSystem } from "../src/testing.js";
import { wakeUp as makeWakeUp } from "../src/wake-up.js";

function wakeUp() {
  const system = manualSystem();
  const alarm = makeAlarm(system);
  const rang: number[] = [];
  return { system, alarm, rang, wake: makeWakeUp(alarm, () => void rang.push(system.now)) };
}

it("is one entry, moved and not multiplied", async () => {
  const { system, alarm, rang, wake } = wakeUp();
  for (const at of [10, 20, 5, 5, 30]) wake(at);
  expect(alarm.size).toBe(1);
  await system.advance(100);
  expect(rang).toEqual([30]);
});

it("is left where it is when it is set to the same instant: its turn is kept", async () => {
  const { system, alarm, rang, wake } = wakeUp();
  wake(10);
  alarm.set(10, () => void rang.push(-1));
  wake(10);
  await system.advance(10);
  expect(rang).toEqual([10, -1]);
});

it("set to null rings no more; and may be set again, also to the instant at which it rang", async () => {
  const { system, alarm, rang, wake } = wakeUp();
  wake(10);
  wake(null);
  wake(null);
  expect(alarm.size).toBe(0);
  wake(10);
  await system.advance(10);
  wake(10);
  await system.settle();
  expect(rang).toEqual([10, 10]);
});
