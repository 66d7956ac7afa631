// Policies for tests, since the real cores are no dependency of this package.

import { launch, type RestartPolicy, refuse, restartPolicy } from "@steadfast/policy";

/** Waits for up to 100 ms, drawn by chance, in tens. */
export const jittered: RestartPolicy = restartPolicy({
  name: "jittered",
  launch: (state, { cause, draw }) => [
    state,
    launch(cause === "restart" ? Math.floor(draw * 11) * 10 : 0),
  ],
}) as RestartPolicy;

/** Three launches in 200 ms. */
export const slots: RestartPolicy = restartPolicy<readonly number[]>({
  name: "slots",
  initial: () => [],
  launch(state, _, now) {
    const recent = state.filter((at) => at > now - 200);
    if (recent.length < 3) return [[...recent, now], launch()];
    return [state, refuse("window-full", (recent[0] as number) + 200 - now)];
  },
  parse: (raw) => raw as readonly number[],
}) as RestartPolicy;

/** The same policy; each step is written down. */
export function recorded(policy: RestartPolicy, steps: string[]): RestartPolicy {
  return {
    ...policy,
    name: policy.name,
    describe: policy.describe,
    initial: () => policy.initial(),
    parse: (raw, now) => policy.parse(raw, now),
    step(state, event, now) {
      const answer = policy.step(state, event, now);
      const more =
        event.type === "launch"
          ? `${event.cause} ${event.draw}`
          : event.type === "exited"
            ? `${event.failed} ${event.uptimeMs} ${event.exit.kind}`
            : "";
      steps.push(`${now}: ${event.type} ${more} -> ${JSON.stringify(answer[1])}`);
      return answer;
    },
  };
}
