import type { Effect, Supervision } from "@steadfast/supervision";
import { NOW } from "./abstraction.js";
import type { Move } from "./happenings.js";
import { give, type SupervisionInvariant } from "./invariants.js";

const MEANING: Readonly<Record<SupervisionInvariant, string>> = {
  "at-most-one-alive": "an attempt was launched while another was alive",
  "no-launch-after-stop": "an attempt was launched after a stop or an ending",
  "never-waits-while-alive": "it waits although an attempt is alive",
  "settles-once": "it settled twice, not at all, or has a deadline after its end",
  "stop-ends": "a stop from here does not end within the grace period and the abandonment",
  "ticks-come-to-rest": "a third tick at this instant still changes something",
  "somebody-or-something": "nobody is there, and nothing is waited for",
};

/** What happened, and what the supervision wanted done about it, a line each. */
export function tellStory(
  invariant: SupervisionInvariant,
  moves: readonly Move[],
  supervision: Supervision,
): string {
  let state = supervision.initial();
  let now = NOW;
  const width = Math.max(0, ...moves.map(({ name }) => name.length));
  const lines = moves.map(({ name, event }) => {
    let effects: readonly Effect[] = [];
    if (event) [state, effects] = give(supervision, state, event, now);
    else now += 1;
    const done = effects.map(sayEffect).filter((word) => word !== "drawn");
    const at = `${String(now - NOW).padStart(4)} ms  `;
    const answer = done.length > 0 ? `  -> ${done.join(", ")}` : "";
    return `${at}${name.padEnd(width)}${answer}`.trimEnd();
  });
  return [`${invariant}: ${MEANING[invariant]}`, ...lines].join("\n");
}

function sayEffect(effect: Effect): string {
  return effect.type === "report" ? effect.report.type : effect.type;
}
