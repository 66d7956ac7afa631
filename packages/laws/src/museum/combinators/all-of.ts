// Compositions that do not ask all, or do not listen to all.

import { allOf, type LaunchEvent, noted, type Refuse, type RestartPolicy } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";

type States = readonly unknown[];

/** `allOf`, except for its step. */
function allOfFault(
  sign: Sign,
  fault: (
    members: readonly RestartPolicy[],
    healthy: RestartPolicy<States>,
  ) => RestartPolicy<States>["step"],
): ExhibitOf<"allOf"> {
  return exhibit("allOf", sign, (...members) => {
    const healthy = allOf(...members);
    return { ...healthy, step: fault(members, healthy) };
  });
}

/** What each member says to a request, and the state that it would have. */
function answers(
  members: readonly RestartPolicy[],
  states: States,
  event: LaunchEvent,
  now: number,
) {
  return members.map((member, i) => member.step(states[i], event, now));
}

function refusals(
  members: readonly RestartPolicy[],
  states: States,
  event: LaunchEvent,
  now: number,
) {
  return answers(members, states, event, now)
    .map(([, answer]) => answer)
    .filter((answer): answer is Refuse => answer.type === "refuse");
}

export const stopsAtTheFirst = allOfFault(
  {
    name: "all-of-stops-at-the-first-refusal",
    defect: "Who refuses first is the last to be asked, so that a longer wait is not heard of.",
    seenIn: "processkit 3: predicate, then policy, then budget; the first that refuses answers",
  },
  (members, healthy) => (states, event, now) => {
    if (event.type !== "launch") return healthy.step(states, event, now);
    const first = answers(members, states, event, now).findIndex(
      ([, { type }]) => type !== "launch",
    );
    const length = first < 0 ? members.length : first + 1;
    const before = states.slice(0, length);
    const [after, decision] = allOf(...members.slice(0, length)).step(before, event, now);
    return [after === before ? states : [...after, ...states.slice(length)], decision];
  },
);

export const refusalCosts = allOfFault(
  {
    name: "all-of-refusal-costs-the-others",
    defect: "When one refuses, those that would have allowed it have counted it all the same.",
    seenIn:
      "rate-limiter-flexible 11.4.0 `RateLimiterUnion`: points are taken from all, also if one rejects",
  },
  (members, healthy) => (states, event, now) => {
    const taken = healthy.step(states, event, now);
    if (event.type !== "launch" || taken[1].type !== "refuse") return taken;
    return [answers(members, states, event, now).map(([state]) => state), taken[1]];
  },
);

export const factsToTheFirst = allOfFault(
  {
    name: "all-of-facts-to-the-first",
    defect: "Only the first member gets the exits: the others decide without them.",
    seenIn:
      "F1bonacc1/process-compose#403: a failed probe kills, and the part that restarts does not hear of it",
  },
  (members, healthy) => (states, event, now) => {
    if (event.type !== "exited" || members.length === 0) return healthy.step(states, event, now);
    const [first] = healthy.step(states, event, now)[0];
    return [first === states[0] ? states : [first, ...states.slice(1)], noted];
  },
);

export const shortestWait = allOfFault(
  {
    name: "all-of-shortest-wait",
    defect: "Of two waits it names the shorter one, at whose end the other member still refuses.",
    seenIn: "pacer 0.22.0: the time that is promised is not the time at which it is let in",
  },
  (members, healthy) => (states, event, now) => {
    const [next, decision] = healthy.step(states, event, now);
    if (event.type !== "launch" || decision.type !== "refuse") return [next, decision];
    const waits = refusals(members, states, event, now).map(({ retryAfterMs }) => retryAfterMs);
    if (waits.includes(null)) return [next, decision];
    return [next, { ...decision, retryAfterMs: Math.min(...(waits as number[])) }];
  },
);

export const notYetBeatsNever = allOfFault(
  {
    name: "all-of-not-yet-beats-never",
    defect: "One member says never and another not yet: it says not yet, forever.",
    seenIn: "piscina 5.3.2: a bootstrap that always throws leaves its task pending forever",
  },
  (members, healthy) => (states, event, now) => {
    const [next, decision] = healthy.step(states, event, now);
    if (event.type !== "launch" || decision.type !== "refuse") return [next, decision];
    const later = refusals(members, states, event, now).find(({ retryAfterMs }) => retryAfterMs);
    return [next, decision.retryAfterMs === null && later ? later : decision];
  },
);

export const delaysAdd = allOfFault(
  {
    name: "all-of-delays-add",
    defect: "The delays of its members add up, where the longest is enough.",
    seenIn: "cockatiel 4.0.0 `wrap(retry, retry)`: nested policies wait one after the other",
  },
  (members, healthy) => (states, event, now) => {
    const [next, decision] = healthy.step(states, event, now);
    if (event.type !== "launch" || decision.type !== "launch") return [next, decision];
    const delays = answers(members, states, event, now).map(([, answer]) =>
      answer.type === "launch" ? answer.delayMs : 0,
    );
    return [next, { type: "launch", delayMs: delays.reduce((sum, delay) => sum + delay, 0) }];
  },
);

export const lastReason = allOfFault(
  {
    name: "all-of-last-reason",
    defect:
      "It gives the reason of the last member that refuses, not of the one whose wait it tells.",
    seenIn: "cockatiel 4.0.0: `HydratingCircuitError` carries the message of another error",
  },
  (members, healthy) => (states, event, now) => {
    const [next, decision] = healthy.step(states, event, now);
    if (event.type !== "launch" || decision.type !== "refuse") return [next, decision];
    const last = refusals(members, states, event, now).at(-1);
    return [next, last ? { ...decision, reason: last.reason } : decision];
  },
);
