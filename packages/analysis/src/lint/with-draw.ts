import type { RestartPolicy } from "@steadfast/policy";

/** The same policy, asked with one and the same draw each time. */
export function withDraw(policy: RestartPolicy, draw: number): RestartPolicy {
  return {
    name: policy.name,
    describe: policy.describe,
    initial: () => policy.initial(),
    parse: (raw, now) => policy.parse(raw, now),
    step: (state, event, now) =>
      policy.step(state, event.type === "launch" ? { ...event, draw } : event, now),
  };
}
