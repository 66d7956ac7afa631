// The launcher laws hold for the least adapter that there is, with what processes, threads and tasks can
// do.

import { describe, it } from "vitest";
import { type LauncherAbilities, launcherLaws, virtualLauncher } from "../../src/index.js";

const KINDS: readonly (readonly [string, LauncherAbilities])[] = [
  ["a process", {}],
  ["a thread", { ends: ["code", "error"] }],
  ["a task", { ends: ["value", "error"], refuses: [], hears: false, says: ["ready", "message"] }],
  ["something mute", { ends: ["code"], says: [], refuses: ["emitted"] }],
];

describe.each(KINDS)("virtualLauncher as %s", (_, can) => {
  const laws = launcherLaws(virtualLauncher, { can });
  it.each(laws.map((law) => [law.name, law] as const))("%s", async (_, law) => {
    await law.run();
  });
});
