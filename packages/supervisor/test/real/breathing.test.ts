// A crash loop without delay, on the real system, lets other macrotasks run in between. No timing: the
// loop's launches and a chain of immediates of our own are counted against each other. Node runs immediates
// in the order in which they were set, so that neither may overtake the other. Timers ring meanwhile, too.

import { expect, it } from "vitest";
import { type LiveChild, supervise } from "../../src/index.js";
import { delay } from "../policies.js";

const LAUNCHES = 50;

function gone(): LiveChild {
  return {
    exited: Promise.resolve({ kind: "failed" }),
    onSignal() {},
    requestStop() {},
    kill() {},
  };
}

it("the event loop breathes between any two launches", async () => {
  let turns = 0;
  let rang = false;
  setTimeout(() => {
    rang = true;
  }, 1);
  const turnsAtLaunch: number[] = [];
  const enough = new Promise<void>((resolve) => {
    const turn = () => {
      turns++;
      if (turnsAtLaunch.length >= LAUNCHES && rang) resolve();
      else setImmediate(turn);
    };
    turn();
  });
  const launch = () => {
    turnsAtLaunch.push(turns);
    return gone();
  };
  const handle = supervise({ launch }, { policy: delay(0) });
  await enough;
  await handle.stop();
  const gaps = turnsAtLaunch.slice(1).map((at, i) => at - (turnsAtLaunch[i] ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(LAUNCHES - 1);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
});
