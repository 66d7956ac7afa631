// Faulty `when`.

import { type LaunchEvent, launch, type RestartPolicy, when } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Families, type Sign } from "../exhibit.js";

type State = { readonly matched: boolean | null; readonly member: unknown };
type Step = RestartPolicy["step"];

/** `when`, except for some steps; `member` is how the policy is asked. */
function whenFault(
  sign: Sign,
  change: (
    healthy: Step,
    member: (...told: Parameters<Step>) => ReturnType<Step>,
    predicate: Parameters<Families["when"]>[0],
  ) => Step,
): ExhibitOf<"when"> {
  return exhibit("when", sign, (predicate, policy) => {
    const healthy = when(predicate, policy) as RestartPolicy;
    const member: Step = (state, event, now) => {
      const { matched, member: before } = state as State;
      const [after, answer] = policy.step(before, event, now);
      return [after === before ? state : { matched, member: after }, answer];
    };
    return { ...healthy, step: change((...told) => healthy.step(...told), member, predicate) };
  });
}

const isFor = (event: { readonly type: string }, cause: LaunchEvent["cause"]) =>
  event.type === "launch" && (event as LaunchEvent).cause === cause;

export const askedTwice = whenFault(
  {
    name: "when-asks-twice",
    defect: "The predicate is called twice per exit, so that one which counts is off.",
    seenIn: "ReactiveX/RxJava#2826: the predicate of `retry` ran for two of five errors",
  },
  (healthy, _, predicate) => (state, event, now) => {
    if (event.type === "exited") predicate(event.exit);
    return healthy(state, event, now);
  },
);

export const trustsItself = exhibit(
  "when",
  {
    name: "when-trusts-its-own-states",
    defect:
      "The answer is kept beside the state: another instance that goes on from the state does not have it.",
    seenIn: "coalesce-labs/catalyst#1903: flags that lived in the process were lost on restarts",
  },
  (predicate, policy) => {
    const healthy = when(predicate, policy) as RestartPolicy;
    const own = new WeakSet<object>();
    const kept = (state: unknown): unknown => {
      own.add(state as object);
      return state;
    };
    return {
      ...healthy,
      initial: () => kept(healthy.initial()),
      parse: (raw, now) => kept(healthy.parse(raw, now)),
      step(state, event, now) {
        const known = own.has(state as object) ? state : { ...(state as State), matched: null };
        const [next, answer] = healthy.step(known, event, now);
        return [kept(next), answer];
      },
    };
  },
);

export const dropsTheDelay = whenFault(
  {
    name: "when-drops-the-delay",
    defect: "Where the policy has the child wait, it is launched at once.",
    seenIn: "jupyterhub/simpervisor#55: a program that exits at once is restarted in a tight loop",
  },
  (healthy) => (state, event, now) => {
    const [next, answer] = healthy(state, event, now);
    const delays = answer.type === "launch" && isFor(event, "restart");
    return [next, delays ? launch() : answer];
  },
);

export const othersCost = whenFault(
  {
    name: "when-others-cost",
    defect: "A restart after an exit of another kind is launched, but the policy counts it.",
    seenIn: "apple/foundationdb#11775: the delay after failures applies whatever the exit code was",
  },
  (healthy, member) => (state, event, now) => {
    const passes = isFor(event, "restart") && (state as State).matched === false;
    return passes ? [member(state, event, now)[0], launch()] : healthy(state, event, now);
  },
);

export const operatorPasses = whenFault(
  {
    name: "when-operator-passes",
    defect: "A restart by hand is always launched, and never counted.",
    seenIn: "systemd/systemd#29348: a script that restarted by hand in a loop was not counted",
  },
  (healthy) => (state, event, now) =>
    isFor(event, "operator") ? [state, launch()] : healthy(state, event, now),
);

export const startIsAsked = whenFault(
  {
    name: "when-start-is-asked",
    defect: "A start after an exit that matched is put to the policy, as if it were a restart.",
    seenIn: "systemd/systemd#10529: the start limit makes no distinction how a start was asked for",
  },
  (healthy, member) => (state, event, now) =>
    isFor(event, "start") && (state as State).matched
      ? member(state, event, now)
      : healthy(state, event, now),
);

export const healthIsKept = whenFault(
  {
    name: "when-health-does-not-reach",
    defect: "Unless the last exit matched, the policy does not hear that the child is healthy.",
    seenIn: "SceneWorks/SceneWorks#578: the backoff never resets after a healthy run",
  },
  (healthy) => (state, event, now) =>
    event.type === "healthy" && !(state as State).matched
      ? [state, { type: "noted" }]
      : healthy(state, event, now),
);

export const resetKeepsTheExit = whenFault(
  {
    name: "when-reset-keeps-the-exit",
    defect: "A reset reaches the policy, but the last exit still counts.",
    seenIn: "Kong/lua-resty-healthcheck#6: a success that should reset all counters did not",
  },
  (healthy) => (state, event, now) => {
    const [next, answer] = healthy(state, event, now);
    if (event.type !== "reset") return [next, answer];
    const { matched } = state as State;
    const { member } = next as State;
    const same = member === (state as State).member;
    return [same ? state : { matched, member }, answer];
  },
);

export const forgetsWhenRead = exhibit(
  "when",
  {
    name: "when-forgets-when-read",
    defect: "The answer is saved and not read back.",
    seenIn: "coalesce-labs/catalyst#1903: modes were lost on two of four restarts of a daemon",
  },
  (predicate, policy) => {
    const healthy = when(predicate, policy) as RestartPolicy;
    const read = (raw: unknown, now: number) => healthy.parse(raw, now) as State;
    return { ...healthy, parse: (raw, now) => ({ ...read(raw, now), matched: null }) };
  },
);
