// A tree whose children do what the test says, on real time.

import { backoff } from "@steadfast/backoff";
import { recording } from "@steadfast/dashboard";
import { slidingWindow } from "@steadfast/sliding-window";
import { realSystem } from "@steadfast/supervisor";
import { type ScriptedLauncher, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree, type TreeSpec } from "@steadfast/supervisor/tree";
import { failure } from "./crowd-of.ts";
import { later } from "./stage.ts";

export { failure };

export function shop(ids: readonly string[] = ["db", "web"], spec: Partial<TreeSpec> = {}) {
  const seen = recording();
  const launchers = new Map<string, ScriptedLauncher>(
    ids.map((id) => [id, scriptedLauncher(realSystem, [])]),
  );
  const tree = superviseTree(
    {
      children: ids.map((id) => ({
        id,
        launcher: launchers.get(id) as ScriptedLauncher,
        policy: slidingWindow({ limit: 2, windowMs: 3_600_000, counts: "restarts" }),
      })),
      ...spec,
    },
    { id: "shop", journal: seen.journal },
  );
  later(async () => tree.kill());
  const fail = (id: string, exit = failure()) => launchers.get(id)?.exit(exit);
  return { tree, seen, launchers, fail, watched: { handle: tree, recording: seen } };
}

/** One child that waits for a minute after each failure. */
export const slow = () => backoff({ initialMs: 60_000, jitter: "none" });
