// The cases about one launch after the other: by hand, under a supervisor, and without a trace.

import { restartOn } from "@steadfast/policy";
import type { LaunchInfo } from "../launcher.js";
import { supervise } from "../supervise.js";
import { claim, within } from "./claim.js";
import { drained } from "./drained.js";
import type { LauncherCase } from "./launcher-makers.js";
import { show } from "./show.js";
import { type CaseBench, FIRST, listen, ROUNDS } from "./watched-child.js";

const SECOND: LaunchInfo = { ...FIRST, attempt: 2, generation: 1, cause: "restart" };

export function restartCases({ makers, timeoutMs, endOf }: CaseBench): readonly LauncherCase[] {
  return [
    {
      name: "one launcher launches again and again, each child on its own",
      async run() {
        const launcher = await makers.completes();
        const one = listen(launcher.launch(FIRST));
        const first = await endOf(one, "the first exit");
        const two = listen(launcher.launch(SECOND));
        claim(one.child !== two.child, "the second launch returned the first child");
        const second = await endOf(two, "the second exit");
        claim(first.kind === second.kind, `first ${show(first)}, then ${show(second)}`);
      },
    },
    {
      name: "supervised, it is restarted and stopped",
      async run() {
        const handle = supervise(await makers.stopsWhenAsked(), { policy: restartOn("permanent") });
        const relaunched = new Promise<void>((resolve) => {
          handle.on(({ type }) => type === "launched" && resolve());
        });
        handle.restart();
        await within(relaunched, timeoutMs, "the launch after restart()");
        const outcome = await within(handle.stop(), timeoutMs, "the outcome after stop()");
        claim(outcome.type === "stopped", `the outcome is ${outcome.type}`);
        claim(outcome.attempts === 2, `it was launched ${outcome.attempts} times`);
      },
    },
  ];
}

/** For an adapter that counts what it holds outside its children. */
export function leakCases({ makers, watch, endOf, stopped }: CaseBench): readonly LauncherCase[] {
  const { countListeners } = makers;
  if (!countListeners) return [];
  return [
    {
      name: "no listener is left behind",
      async run() {
        await endOf(await watch(makers.completes), "the exit");
        const before = countListeners();
        for (let round = 0; round < ROUNDS; round++) {
          await endOf(await watch(makers.completes), "the exit");
          await stopped(await watch(makers.stopsWhenAsked));
        }
        await drained();
        const after = countListeners();
        claim(after === before, `${before} before ${ROUNDS} rounds, ${after} after`);
      },
    },
  ];
}
