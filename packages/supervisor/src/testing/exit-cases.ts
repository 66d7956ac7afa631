// The cases about how a child ends by itself, or never begins.

import { isFailure } from "@steadfast/policy";
import { claim } from "./claim.js";
import { drained } from "./drained.js";
import type { LauncherCase } from "./launcher-makers.js";
import { show } from "./show.js";
import type { CaseBench } from "./watched-child.js";

export function exitCases({ makers, watch, endOf }: CaseBench): readonly LauncherCase[] {
  return [
    {
      name: "a child that ends well exits `completed`",
      async run() {
        const exit = await endOf(await watch(makers.completes), "the exit");
        claim(exit.kind === "completed", `it exited ${show(exit)}`);
      },
    },
    {
      name: "a child that ends badly exits with a failure",
      async run() {
        const exit = await endOf(await watch(makers.fails), "the exit");
        claim(isFailure(exit), `it exited ${show(exit)}`);
      },
    },
    {
      name: "`exited` settles once, with the same exit for everybody",
      async run() {
        const watched = await watch(makers.completes);
        const first = await endOf(watched, "the exit");
        watched.child.kill();
        await drained();
        claim((await watched.child.exited) === first, "`exited` settled twice, differently");
      },
    },
  ];
}

/** For an adapter whose children the system may refuse to start. */
export function refusalCases({ makers, watch, endOf }: CaseBench): readonly LauncherCase[] {
  const { cannotStart } = makers;
  if (!cannotStart) return [];
  return [
    {
      name: "what the system refuses is an exit `spawn-failed`, not something thrown",
      async run() {
        const watched = await watch(cannotStart);
        const exit = await endOf(watched, "the exit");
        claim(exit.kind === "spawn-failed", `it exited ${show(exit)}`);
        claim(exit.error !== undefined, "the exit does not say why");
        claim(watched.said.length === 0, `it said ${show(watched.said[0])}`);
        watched.child.requestStop("stop");
        watched.child.kill();
      },
    },
  ];
}
