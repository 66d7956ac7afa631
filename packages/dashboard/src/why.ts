// Why a child is where it is, and what is left of its budget. The policies say so: `explain` and `outlook` of the
// analysis step them on what they remember, and nothing is decided here.

import { explain, outlook } from "@steadfast/analysis";
import type { ExitedEvent, LaunchEvent, Millis } from "@steadfast/policy";
import type { PolicyView } from "@steadfast/supervision";
import type { KeptRecording } from "./recording.js";
import type { Budget, Row, Why } from "./wire.js";

/** The draw that an answer to "what if it failed now" is given with: that of the middle. */
const DRAW = 0.5;
const MOST = 99;

/** What the policy said last, in a sentence; null if nobody has kept that. */
export function lastWhy(
  view: PolicyView | null,
  seen: KeptRecording | null,
  path: string,
): Why | null {
  const kept = seen?.lastOf(path);
  if (!view || !kept || kept.before === null) return null;
  const { entry, before } = kept;
  return guarded(() => {
    const { sentence } = explain(view.policy, before, entry.event, entry.at);
    return { at: entry.at, sentence };
  });
}

/** What the policy would say now: to the request that waits or was refused, else to a failure at this instant. */
export function nowWhy(view: PolicyView | null, row: Row, now: Millis): Why | null {
  if (!view || row.waiting?.for === "delay") return null;
  return guarded(() => {
    const { policy } = view;
    const isDown = row.status === "stopped";
    const state = isDown ? view.state : policy.step(view.state, failure(row, now), now)[0];
    const { sentence } = explain(policy, state, request(row, now), now);
    return { at: now, sentence };
  });
}

/** How many failures in a row are still restarted. */
export function budgetOf(view: PolicyView | null, row: Row, now: Millis): Budget | null {
  if (!view) return null;
  const isRefused = row.waiting?.for === "not-yet" || row.held !== null || row.done;
  return guarded(() => {
    if (isRefused) {
      const [, decision] = view.policy.step(view.state, request(row, now), now);
      if (decision.type === "refuse") return { left: 0, refusal: decision };
    }
    const uptimeMs = row.launchedAt === null ? 0 : Math.max(0, now - row.launchedAt);
    const { restarts, refusal } = outlook(view.policy, view.state, now, { uptimeMs, most: MOST });
    return { left: refusal ? restarts : null, refusal };
  });
}

function failure({ launchedAt }: Row, now: Millis): ExitedEvent {
  const uptimeMs = launchedAt === null ? 0 : Math.max(0, now - launchedAt);
  return { type: "exited", exit: { kind: "failed", code: 1 }, failed: true, uptimeMs };
}

const request = ({ waiting }: Row, now: Millis): LaunchEvent => ({
  type: "launch",
  cause: waiting?.cause ?? "restart",
  draw: DRAW,
  wall: now,
});

/** A policy of a user's own may throw. */
function guarded<Answer>(answer: () => Answer): Answer | null {
  try {
    return answer();
  } catch {
    return null;
  }
}
