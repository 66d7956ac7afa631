// Faulty `waitOut`.

import {
  launch,
  type RestartDecision,
  type RestartPolicy,
  refuse,
  waitOut,
} from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

type Step = RestartPolicy["step"];
type Stepped = ReturnType<Step>;

/** `waitOut`, except where a request is not launched at once: `plain` is how the policy itself answers. */
function waitOutFault(
  sign: Sign,
  change: (plain: Step, healthy: Step) => (...told: Parameters<Step>) => Stepped,
): ExhibitOf<"waitOut"> {
  return exhibit("waitOut", sign, (policy) => {
    const healthy = waitOut(policy);
    const step = change(
      (...told) => policy.step(...told),
      (...told) => healthy.step(...told),
    );
    return {
      ...healthy,
      step: (state, event, now) =>
        event.type === "launch" ? step(state, event, now) : healthy.step(state, event, now),
    };
  });
}

const hintOf = (answer: RestartDecision): number | null =>
  answer.type === "refuse" ? answer.retryAfterMs : null;

export const launchIsNotCounted = waitOutFault(
  {
    name: "wait-out-launch-is-not-counted",
    defect: "The hint is taken as the delay, and the policy is not asked again when it is over.",
    seenIn: "a bridge of ours: of 2 in 1 000 ms three were launched at 1 000 ms",
  },
  (plain) => (state, event, now) => {
    const [next, answer] = plain(state, event, now);
    const hint = hintOf(answer);
    return [next, hint === null ? answer : launch(hint)];
  },
);

export const chargedTwice = waitOutFault(
  {
    name: "wait-out-charges-twice",
    defect: "After the wait a launch that was granted is asked for once more, and counts twice.",
    seenIn: "YueMiyuki/Risuko#32: `acquire` slept, and was charged again for the same bytes",
  },
  (plain, healthy) => (state, event, now) => {
    const waits = hintOf(plain(state, event, now)[1]) !== null;
    const [next, answer] = healthy(state, event, now);
    if (!waits || answer.type !== "launch") return [next, answer];
    return [plain(next, event, now + Math.ceil(answer.delayMs))[0], answer];
  },
);

export const neverIsLong = waitOutFault(
  {
    name: "wait-out-never-is-a-long-delay",
    defect: "What is refused for good becomes a delay that never ends.",
    seenIn: "cockatiel 3.2.1 `IBackoffFactory`: the only way to say stop is an infinite duration",
  },
  (_, healthy) => (state, event, now) => {
    const [next, answer] = healthy(state, event, now);
    const never = answer.type === "refuse" && answer.retryAfterMs === null;
    return [next, never ? launch(2 ** 31 - 1) : answer];
  },
);

export const longestWait = waitOutFault(
  {
    name: "wait-out-longest-wait",
    defect: "Of the wait and the delay after it the longer is taken, though the delay begins then.",
    seenIn:
      "RooCodeInc/Roo-Code#942: the delay of a retry was made as long as the rate limit, if it was shorter",
  },
  (plain, healthy) => (state, event, now) => {
    const hint = hintOf(plain(state, event, now)[1]);
    const [next, answer] = healthy(state, event, now);
    if (hint === null || answer.type !== "launch") return [next, answer];
    return [next, launch(Math.max(hint, answer.delayMs - hint))];
  },
);

export const asksForever = waitOutFault(
  {
    name: "wait-out-asks-without-end",
    defect: "It asks until it is let in, also where that never comes.",
    seenIn: "YueMiyuki/Risuko#32: every `acquire` that had to wait ran in a loop forever",
  },
  (plain) => (state, event, now) => {
    let [next, answer] = plain(state, event, now);
    let wait = 0;
    for (let look = 0; look < 3_000; look++) {
      const hint = hintOf(answer);
      if (hint === null) break;
      wait = Math.min(wait + hint, Number.MAX_SAFE_INTEGER - Math.max(0, now));
      [next, answer] = plain(
        next,
        { ...event, wall: wallAt(event, wait) } as typeof event,
        now + wait,
      );
    }
    if (answer.type === "launch" && wait > 0) return [next, launch(wait + answer.delayMs)];
    const hint = hintOf(answer);
    return [next, hint === null ? answer : refuse("not-yet", hint)];
  },
);

const wallAt = (event: Parameters<Step>[1], waitMs: number): number =>
  event.type === "launch" ? event.wall + waitMs : 0;
