// The cases about what a child says: nothing after the exit; in order, once, and nothing lost.

import { claim, within } from "./claim.js";
import { drained } from "./drained.js";
import type { LauncherCase } from "./launcher-makers.js";
import { show } from "./show.js";
import { type CaseBench, listen, ROUNDS, start } from "./watched-child.js";

export function silenceCases({
  makers,
  timeoutMs,
  watch,
  stopped,
}: CaseBench): readonly LauncherCase[] {
  const { saysReady } = makers;
  return [
    {
      name: "no signal follows the exit",
      async run() {
        const watched = await watch(saysReady ?? makers.stopsWhenAsked);
        if (saysReady) await within(watched.spoke, timeoutMs, "the first signal");
        await stopped(watched);
        const { length } = watched.said;
        await drained();
        claim(watched.said.length === length, `${show(watched.said.at(-1))} came after the exit`);
      },
    },
  ];
}

/** For an adapter whose children can say that they are ready. */
export function readyCases({
  makers,
  timeoutMs,
  watch,
  stopped,
}: CaseBench): readonly LauncherCase[] {
  const { saysReady } = makers;
  if (!saysReady) return [];
  return [
    {
      name: "signals come in order, also those that were sent before anybody listened",
      async run() {
        const early = await watch(saysReady);
        const child = await start(saysReady);
        for (let turn = 0; turn < ROUNDS; turn++) await drained();
        const late = listen(child);
        for (const watched of [early, late]) {
          await within(watched.spoke, timeoutMs, "the first signal");
          claim(watched.said[0]?.type === "ready", `the first signal was ${show(watched.said[0])}`);
          await stopped(watched);
          const times = watched.said.filter(({ type }) => type === "ready").length;
          claim(times === 1, `\`ready\` was reported ${times} times`);
        }
      },
    },
  ];
}
