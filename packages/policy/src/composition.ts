// What every combinator of several members has in common: a state for each, in the order given; facts
// go to all of them at once; the same reference comes back when no member changed.

import { PolicyStateError } from "./errors.js";
import type { Millis } from "./policy.js";
import { readPolicy } from "./read-policy.js";
import { within } from "./read-state.js";
import {
  type LaunchEvent,
  noted,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
} from "./restart.js";
import { show } from "./show.js";

/** The states of the members, in the order given. */
export type MemberStates = readonly unknown[];

/** How a composition answers a request, and which states that leaves. */
export type Answer = (
  states: MemberStates,
  event: LaunchEvent,
  now: Millis,
) => readonly [MemberStates, RestartDecision];

/** Makes the composition called `kind`; `answer` is all that tells one from another. */
export function composition(
  kind: string,
  members: readonly RestartPolicy[],
  answer: Answer,
): RestartPolicy<MemberStates> {
  members.forEach((member, i) => {
    readPolicy(kind, `members[${i}]`, member);
  });

  function tell(states: MemberStates, event: RestartEvent, now: Millis): MemberStates {
    let told = states;
    for (let i = 0; i < members.length; i++) {
      const [state] = (members[i] as RestartPolicy).step(states[i], event, now);
      told = withState(states, told, i, state);
    }
    return told;
  }

  return {
    name: `${kind}(${members.map((member) => member.name).join(", ")})`,
    describe: {
      kind,
      options: {},
      timesMs: [...new Set(members.flatMap((member) => member.describe.timesMs))],
      members: members.map((member) => member.describe),
    },
    members,
    initial: () => members.map((member) => member.initial()),
    step(states, event, now) {
      return event.type === "launch"
        ? answer(states, event, now)
        : [tell(states, event, now), noted];
    },
    parse(raw, now) {
      if (!Array.isArray(raw) || raw.length !== members.length) {
        throw new PolicyStateError("", `an array of ${members.length} states`, show(raw));
      }
      return members.map((member, i) => within(`[${i}]`, () => member.parse(raw[i], now)));
    },
    idle: (states, now) => members.every((member, i) => member.idle?.(states[i], now) ?? false),
  };
}

/** `changed`, a copy of `before` or itself, with another state of one member: copied on the first change. */
export function withState(
  before: MemberStates,
  changed: MemberStates,
  member: number,
  state: unknown,
): MemberStates {
  if (before[member] === state) return changed;
  const copy = (changed === before ? before.slice() : changed) as unknown[];
  copy[member] = state;
  return copy;
}
