// The cases about requests to stop and kills: once, again and again, early, late, and without success.

import { restartOn } from "@steadfast/policy";
import type { Launcher } from "../launcher.js";
import { supervise } from "../supervise.js";
import { claim, within } from "./claim.js";
import { drained } from "./drained.js";
import type { LauncherCase } from "./launcher-makers.js";
import { show } from "./show.js";
import { type CaseBench, listen, ROUNDS, start } from "./watched-child.js";

export function stopCases(bench: CaseBench): readonly LauncherCase[] {
  const { makers, watch, endOf, stopped } = bench;
  return [
    {
      name: "a child ends when it is asked to stop",
      async run() {
        const watched = await watch(makers.stopsWhenAsked);
        await drained();
        claim(!watched.isOver(), "it ended before it was asked");
        await stopped(watched);
      },
    },
    {
      name: "requestStop and kill may be called again and again, before the exit and after",
      async run() {
        const watched = await watch(makers.stopsWhenAsked);
        const everything = () => {
          watched.child.requestStop("stop");
          watched.child.requestStop("restart");
          watched.child.kill();
          watched.child.kill();
        };
        everything();
        const exit = await endOf(watched, "the exit after requestStop and kill");
        everything();
        await drained();
        claim((await watched.child.exited) === exit, "a kill after the exit changed the exit");
      },
    },
    {
      name: "a child may be stopped in the turn in which it was launched",
      async run() {
        await stopped(listen(await start(makers.stopsWhenAsked)));
      },
    },
    ignoredCase(bench),
  ];
}

function ignoredCase({ makers, timeoutMs, watch, endOf }: CaseBench): LauncherCase {
  const { canForce = true } = makers;
  return {
    name: canForce
      ? "a child that ignores the request to stop is ended by a kill"
      : "a child that ignores the request to stop, and cannot be killed, is abandoned",
    async run() {
      if (!canForce) return abandoned(await makers.ignoresStop(), timeoutMs);
      const watched = await watch(makers.ignoresStop);
      watched.child.requestStop("stop");
      for (let turn = 0; turn < ROUNDS; turn++) await drained();
      claim(!watched.isOver(), "it ended although it should ignore the request");
      watched.child.kill();
      await endOf(watched, "the exit after a kill");
    },
  };
}

/** Nothing ends it: the supervisor gives it up, and says so. */
async function abandoned(launcher: Launcher, timeoutMs: number): Promise<void> {
  const handle = supervise(launcher, {
    policy: restartOn("permanent"),
    gracePeriodMs: 1,
    abandonAfterMs: 1,
  });
  // A task that is stopped before it was called need not be called at all.
  for (let turn = 0; turn < ROUNDS; turn++) await drained();
  const { lastExit } = await within(handle.stop(), timeoutMs, "the outcome after stop()");
  claim(lastExit?.kind === "abandoned", `it exited ${show(lastExit)}`);
}
