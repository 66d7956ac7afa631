// A tree of many children that live until somebody ends them, on real time.

import { restartOn } from "@steadfast/policy";
import { realSystem } from "@steadfast/supervisor";
import { type ScriptedLauncher, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree } from "@steadfast/supervisor/tree";

export const failure = (message = "boom", stderrTail: readonly string[] = []) =>
  ({ kind: "failed", code: 1, error: new Error(message), stderrTail }) as never;

export function crowdOf(size: number) {
  const launchers: ScriptedLauncher[] = [];
  let events = 0;
  const policy = restartOn("permanent");
  const tree = superviseTree(
    {
      children: Array.from({ length: size }, (_, i) => {
        const launcher = scriptedLauncher(realSystem, []);
        launchers.push(launcher);
        // Healthy after an hour: nothing happens but what somebody makes happen.
        return { id: `child-${i + 1}`, launcher, policy, healthyAfterMs: 3_600_000 };
      }),
    },
    { id: "crowd", onEvent: () => events++ },
  );
  return {
    tree,
    counted: () => events,
    /** Ends the first so many. */
    failMany(many: number): void {
      for (const launcher of launchers.slice(0, many)) launcher.exit(failure());
    },
    failAt: (place: number) => launchers[place % size]?.exit(failure()),
  };
}
