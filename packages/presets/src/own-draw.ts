// A member that is to be out of step with its siblings: it sees a draw derived from the request's.
// Without it two members that spread their delays would do so alike.

import { type RestartPolicy, subdraw } from "@steadfast/policy";

/** Decides as `policy`, with a draw of its own, named by `salt`. */
export function ownDraw<State>(policy: RestartPolicy<State>, salt: string): RestartPolicy<State> {
  return {
    ...policy,
    name: `ownDraw(${policy.name})`,
    describe: {
      ...policy.describe,
      kind: "ownDraw",
      options: { salt },
      members: [policy.describe],
    },
    wraps: policy,
    step: (state, event, now) =>
      policy.step(
        state,
        event.type === "launch" ? { ...event, draw: subdraw(event.draw, salt) } : event,
        now,
      ),
  };
}
