// Faulty supervisions: the healthy one with exactly one defect each, put around its `step` and `deadline`.
// Each is of a kind that was seen in hand-written supervisors.

import type {
  Effect,
  Supervision,
  SupervisionEvent,
  SupervisionState,
} from "@steadfast/supervision";

/**
 * A supervision with one defect.
 * @since 0.1.0
 */
export interface FaultySupervision {
  /** A stable kebab-case name. */
  readonly name: string;
  /** What is wrong with it, in one sentence. */
  readonly defect: string;
  /** Puts the defect into a healthy one. */
  readonly spoil: (healthy: Supervision) => Supervision;
}

type Step = Supervision["step"];
type Stepped = readonly [SupervisionState, readonly Effect[]];

const stepping =
  (spoil: (step: Step, ...given: Parameters<Step>) => Stepped) =>
  (healthy: Supervision): Supervision => ({
    ...healthy,
    step: (state, event, now) => spoil(healthy.step, state, event, now),
  });

const dueAt =
  (spoil: (due: number | null, state: SupervisionState) => number | null) =>
  (healthy: Supervision): Supervision => ({
    ...healthy,
    deadline: (state) => spoil(healthy.deadline(state), state),
  });

const isAlive = ({ slot }: SupervisionState) => slot.phase.status !== "stopped";
const isOf = (event: SupervisionEvent, ...types: readonly SupervisionEvent["type"][]) =>
  types.includes(event.type);

/** A launch of the generation that the state is at. */
const launchOf = ({ slot }: SupervisionState): Effect => ({
  type: "launch",
  cause: "restart",
  failures: 0,
  standby: null,
  attempt: slot.attempt,
  generation: slot.generation,
});

/**
 * Supervisions with one defect each: what `exploreSupervision` must catch.
 * @since 0.1.0
 */
export const faultySupervisions: readonly FaultySupervision[] = [
  {
    name: "launches-twice-at-one-exit",
    defect: "An exit that is heard from two sources starts two children.",
    spoil: stepping((step, state, event, now) => {
      const [after, effects] = step(state, event, now);
      const isLaunch = effects.some(({ type }) => type === "launch");
      return [after, isLaunch && state.failed !== null ? [...effects, launchOf(after)] : effects];
    }),
  },
  {
    name: "restart-does-not-wait",
    defect: "A restart launches the next child while the old one is still ending.",
    spoil: stepping((step, state, event, now) => {
      const [after, effects] = step(state, event, now);
      return [
        after,
        isOf(event, "restart") && isAlive(state) ? [...effects, launchOf(after)] : effects,
      ];
    }),
  },
  {
    name: "stop-leaves-the-wait",
    defect: "A stop during a delay is forgotten, and the launch happens all the same.",
    spoil: stepping((step, state, event, now) =>
      isOf(event, "stop", "kill") && state.wait ? [state, []] : step(state, event, now),
    ),
  },
  {
    name: "launches-after-stop",
    defect:
      "The restart that was waiting for the old child happens although a stop came meanwhile.",
    spoil: stepping((step, state, event, now) => {
      const [after, effects] = step(state, event, now);
      const isLast = state.ending?.type === "stopped" && isOf(event, "exited") && after.over;
      return [after, isLast ? [...effects, launchOf(after)] : effects];
    }),
  },
  {
    name: "settles-twice",
    defect: "The end is reported once by the exit and once by the stop.",
    spoil: stepping((step, state, event, now) => {
      const [after, effects] = step(state, event, now);
      const settled = effects.find(({ type }) => type === "settle");
      return [after, settled ? [...effects, settled] : effects];
    }),
  },
  {
    name: "never-settles-while-paused",
    defect:
      "A stop of a paused supervision ends nothing, since there is no child whose exit would.",
    spoil: stepping((step, state, event, now) =>
      isOf(event, "stop", "kill") && state.slot.intent === "paused" && !isAlive(state)
        ? [state, []]
        : step(state, event, now),
    ),
  },
  {
    name: "kill-does-not-close",
    defect: "A kill ends the child, and nobody remembers that the supervision was to end.",
    spoil: stepping((step, state, event, now) => {
      if (!isOf(event, "kill") || state.ending) return step(state, event, now);
      const [after, effects] = step(state, event, now);
      return [
        { ...after, ending: null, over: false },
        effects.filter(({ type }) => type !== "settle"),
      ];
    }),
  },
  {
    name: "asks-and-waits-forever",
    defect: "A child that does not obey a request to stop is never killed.",
    spoil: dueAt((due, { slot }) =>
      slot.phase.status === "cancelling" && slot.phase.step === "asked" ? null : due,
    ),
  },
  {
    name: "kills-and-waits-forever",
    defect: "A child that a kill does not end is never given up.",
    spoil: dueAt((due, { slot }) =>
      slot.phase.status === "cancelling" && slot.phase.step === "killed" ? null : due,
    ),
  },
  {
    name: "loses-the-wake-up",
    defect: "Nobody is woken for a delay that was admitted.",
    spoil: dueAt((due, { wait }) => (wait?.for === "delay" ? null : due)),
  },
  {
    name: "turns-on-the-spot",
    defect: "A tick counts, and so is due again at the same instant, forever.",
    spoil: (healthy) => ({
      ...healthy,
      deadline: (state) => (isAlive(state) && !state.over ? 0 : healthy.deadline(state)),
      step(state, event, now) {
        const [after, effects] = healthy.step(state, event, now);
        return isOf(event, "tick") && after === state ? [{ ...state }, effects] : [after, effects];
      },
    }),
  },
  {
    name: "believes-a-late-exit",
    defect: "The exit of a child that was given up is taken for that of the present one.",
    spoil: stepping((step, state, event, now) => {
      if (event.type !== "exited" || !isAlive(state)) return step(state, event, now);
      return step(state, { ...event, generation: state.slot.generation }, now);
    }),
  },
  {
    name: "misses-a-good-exit",
    defect: "Only failures are listened to: a child that ends well is believed to run on.",
    spoil: stepping((step, state, event, now) =>
      event.type === "exited" && event.exit.kind === "completed" && isAlive(state)
        ? [state, []]
        : step(state, event, now),
    ),
  },
  {
    name: "waits-beside-a-child",
    defect: "A reset asks again although a child is there, and its wait is kept.",
    spoil: stepping((step, state, event, now) => {
      const [after, effects] = step(state, event, now);
      if (!isOf(event, "reset") || !isAlive(after)) return [after, effects];
      const until = now + 1;
      const wait = { for: "delay", cause: "restart", since: now, until, reason: null } as const;
      return [{ ...after, wait }, effects];
    }),
  },
  {
    name: "refused-and-forgotten",
    defect: "A refusal for a time sets no wait: nobody ever asks again.",
    spoil: stepping((step, state, event, now) => {
      const [after, effects] = step(state, event, now);
      return [after.wait?.for === "not-yet" ? { ...after, wait: null } : after, effects];
    }),
  },
];
