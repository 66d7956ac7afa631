// What every combinator of several members has in common: a state for each, in the order given, and
// behind them the members' keys; facts go to all of them at once; the same reference comes back when no
// member changed.
//
// A saved state is read by those keys (member-keys.ts): members that are new begin from their initial
// state, states of those that are gone are dropped. Version 1, without keys, is read in the order given.

import { PolicyStateError } from "./errors.js";
import { type MemberKeys, memberKeys, placesIn } from "./member-keys.js";
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

/** The states of the members, in the order given; behind them the constant `MemberKeys`. */
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
  const keys = memberKeys(members);
  const last: MemberKeys = { members: keys };

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
    initial: () => [...members.map((member) => member.initial()), last],
    step(states, event, now) {
      return event.type === "launch"
        ? answer(states, event, now)
        : [tell(states, event, now), noted];
    },
    parse(raw, now) {
      const known = Array.isArray(raw) ? placesIn(raw, keys) : null;
      if (!known) {
        throw new PolicyStateError("", `an array of ${members.length} states`, show(raw));
      }
      const states = members.map((member, i) => {
        const place = known.get(keys[i] as string);
        if (place === undefined) return member.initial();
        return within(`[${place}]`, () => member.parse((raw as unknown[])[place], now));
      });
      return [...states, last];
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
