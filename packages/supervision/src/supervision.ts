// The supervision of one child as a pure value: when it is launched, what its exit leads to, what an
// order means, how it ends. Time, chance and the outside world are arguments; what is to be done comes
// out as effects, which it never carries out.

import type { ChildSlot } from "@steadfast/child-slot";
import { type Json, type Millis, readArguments, readOptions } from "@steadfast/policy";
import { describeSupervision } from "./describe.js";
import type { Effect } from "./effects.js";
import type { Happening, Order, Report, SupervisionEvent } from "./events.js";
import { initialState } from "./initial.js";
import { OneChild } from "./one-child.js";
import type { SupervisionOptions } from "./options.js";
import { obeyOrder } from "./orders.js";
import { parseSupervision } from "./parse.js";
import { type PolicyView, policyView } from "./policy-view.js";
import { takeReport } from "./reports.js";
import { type Rules, rulesOf } from "./rules.js";
import { type SupervisionSettings, supervisionSettings } from "./settings.js";
import type { SupervisionState } from "./state.js";
import { deadlineOf, tick } from "./timing.js";

/**
 * A supervision: a state machine whose decisions are effects.
 * @since 0.1.0
 */
export interface Supervision<State = SupervisionState> {
  /** What it is, as plain JSON. */
  readonly describe: Json;
  /** The slot that it stands on: for `toRecord`. */
  readonly slot: ChildSlot;
  /** What decides, and what it remembers; `shared`: the state of the shared budget. Null for a remote policy. */
  policy(state: State, shared?: unknown): PolicyView | null;
  /** The state before `begin`. */
  initial(): State;
  /** What happens to the state, and what is to be done, when `event` happens at `now`. */
  step(state: State, event: SupervisionEvent, now: Millis): readonly [State, readonly Effect[]];
  /**
   * The instant at which a `tick` changes something next, or null if time changes nothing. A tick
   * before it changes nothing.
   */
  deadline(state: State): Millis | null;
  /** Whether no child is there and only an order brings one back: it is paused, or held by a final refusal. */
  isPaused(state: State): boolean;
  /**
   * Reads back a state, or a snapshot of version 1 or 2. Instants later than `now` are pulled back.
   * @throws PolicyStateError that names the path of the first bad field.
   */
  parse(raw: unknown, now: Millis): State;
}

/**
 * Makes the supervision of one kind of child.
 *
 * Decides: everything about one child that its policy and its slot do not: what an exit, an order, a
 * probe and the passing of time lead to, as effects in the order given. Units: milliseconds, whole.
 * Edges: a delay runs from the exit and is rounded up, once; at that instant there is a launch, one
 * millisecond before there is none. The first event is `begin`, the second `tick`; after each step the
 * next `tick` is due at `deadline`. A start that is admitted at once happens at that `tick`.
 * Effect on state: the same reference when nothing changed; it is plain JSON, and independent of the
 * options. Errors: `PolicyOptionsError` for a bad option; `PolicyStateError` from `parse`. A policy or a
 * judge that breaks its contract is an effect `fault` and an ending, never a throw; only an impossible
 * event is: `IllegalTransitionError`, with nothing changed.
 * Source: the loop that this repository had before; docs/supervision.md.
 *
 * @since 0.1.0
 * @example
 * const one = supervision({ policy: restartOn("transient") });
 * const given = { draw: 0.5, wall: 0 };
 * const [asked] = one.step(one.initial(), { type: "begin", ...given }, 0);
 * const [, effects] = one.step(asked, { type: "tick", ...given }, 0);
 * effects[0]; // => { type: "launch", cause: "start", failures: 0, standby: null, attempt: 1, generation: 0 }
 */
export function supervision(options: SupervisionOptions): Supervision {
  readArguments("supervision", arguments, 1);
  const read = readOptions<SupervisionOptions>("supervision", options);
  const settings = supervisionSettings(read, "supervision");
  read.end();
  return supervisionOf(settings, "supervision");
}

/**
 * Makes a supervision of options that were read already, by a caller whose name stands in errors.
 *
 * Decides nothing more than `supervision`. Effect on state: none. Errors: `PolicyOptionsError` for a bad
 * option of the slot.
 *
 * @since 0.1.0
 * @example
 * const read = readOptions("mine", { policy: restartOn("permanent") });
 * const settings = supervisionSettings(read, "mine");
 * supervisionOf(settings, "mine").deadline(supervisionOf(settings, "mine").initial()); // => null
 */
export function supervisionOf(settings: SupervisionSettings, owner: string): Supervision {
  const rules = rulesOf(settings, owner);

  return {
    describe: describeSupervision(rules),
    slot: rules.slot,
    policy: ({ policy }, shared) => policyView(rules, policy, shared),
    initial: () => initialState(rules),
    step: (state, event, now) => step(rules, state, event, now),
    deadline: (state) => deadlineOf(rules, state),
    isPaused,
    parse: (raw, now) => parseSupervision(rules, raw, now),
  };
}

const isPaused = ({ slot, held, over }: SupervisionState): boolean =>
  !over && slot.phase.status === "stopped" && (slot.intent === "paused" || held !== null);

const NOTHING: readonly Effect[] = [];

function step(
  rules: Rules,
  state: SupervisionState,
  event: SupervisionEvent,
  now: Millis,
): readonly [SupervisionState, readonly Effect[]] {
  if (state.over) return [state, NOTHING];
  const child = new OneChild(rules, state, event, now);
  happen(child, event);
  child.settle();
  return [after(state, child), child.effects];
}

function happen(child: OneChild, event: Happening): void {
  switch (event.type) {
    case "begin":
      return child.begin();
    case "tick":
      return tick(child);
    case "forgiven":
      return child.askAgain();
    case "fault":
      return child.breaks(event.error);
    case "stop":
    case "kill":
      return obeyOrder(child, event);
    case "restart":
    case "pause":
    case "resume":
    case "reset":
    case "reload":
    case "send":
    case "signal":
    case "unhealthy":
    case "recycle":
      child.heedDeadline();
      return obeyOrder(child, event satisfies Order);
    default:
      if (child.slot.phase.status === "cancelling") child.heedDeadline();
      return takeReport(child, event satisfies Report);
  }
}

/** The state after a step; the same one if nothing changed. */
function after(before: SupervisionState, child: OneChild): SupervisionState {
  const { slot, policy, wait, seat, failed, failures, abandoned } = child;
  const { reload, held, ending, over, unlimited, remote, standby, begunAt } = child;
  const isSame =
    slot === before.slot &&
    policy === before.policy &&
    wait === before.wait &&
    seat === before.seat &&
    failed === before.failed &&
    failures === before.failures &&
    abandoned === before.abandoned &&
    reload === before.reload &&
    held === before.held &&
    ending === before.ending &&
    over === before.over &&
    unlimited === before.unlimited &&
    remote === before.remote &&
    standby === before.standby &&
    begunAt === before.begunAt;
  if (isSame) return before;
  const state = {
    slot,
    policy,
    wait,
    seat,
    failed,
    failures,
    abandoned,
    reload,
    held,
    ending,
    over,
    unlimited,
    remote,
    standby,
  };
  // A spread in the first literal would cost every state some bytes.
  return begunAt === undefined ? state : { ...state, begunAt };
}
