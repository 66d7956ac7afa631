// Scripts for a slot: what happens, and how long after. Both are relative to the slot's own options
// and state (exactly the deadline, one before it, a generation ago), so that edges are met often.

import type { Exit } from "@steadfast/policy";
import fc from "fast-check";
import {
  type ChildSlot,
  type ChildSlotOptions,
  isIllegalTransitionError,
  type SlotCommand,
  type SlotEvent,
  type SlotState,
} from "../src/index.js";

export interface Move {
  readonly happens: Happening;
  readonly gap: Gap;
}

/**
 * `apt` is one of the things that can happen in the state that was reached, so that scripts get far;
 * the rest pays no heed to it. Reports name the generation by its age: 0 is the present one, -1 one
 * that never was.
 */
type Happening =
  | { readonly type: "apt"; readonly choice: number }
  | { readonly type: "report"; readonly of: "ready" | "not-ready" | "exited"; readonly age: number }
  | { readonly type: "heartbeat"; readonly age: number; readonly sentAgo: number }
  | { readonly type: "unhealthy"; readonly age: number; readonly reason: string }
  | Exclude<SlotEvent, { readonly generation: number }>;

/** From the last instant, or from the deadline if there is one (a tenth of `ms` later still judges). */
interface Gap {
  readonly from: "now" | "deadline";
  readonly ms: number;
}

/** One thing that happened, and what came of it; `commands` null: it was impossible. */
export interface Taken {
  readonly before: SlotState;
  readonly event: SlotEvent;
  readonly now: number;
  readonly after: SlotState;
  readonly commands: readonly SlotCommand[] | null;
}

const time = fc.constantFrom(0, 1, 2, 7, 10, 100, 1_000, 5_000);

export const someOptions: fc.Arbitrary<ChildSlotOptions> = fc
  .record(
    {
      explicit: fc.boolean(),
      readyTimeoutMs: time,
      heartbeatTimeoutMs: time,
      healthyAfterMs: time,
      healthyFrom: fc.constantFrom("launch", "ready"),
      maxRunMs: fc.constantFrom(0, 1, 100, 1_000, 5_000, 60_000, 600_000),
      gracePeriodMs: time,
      abandonAfterMs: time,
    },
    { requiredKeys: ["explicit"] },
  )
  .map(({ explicit, readyTimeoutMs, ...times }) => ({
    id: "worker",
    ...times,
    ...(explicit ? { readiness: "explicit" } : {}),
    ...(explicit && readyTimeoutMs !== undefined ? { readyTimeoutMs } : {}),
  }));

const age = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 5) },
  { weight: 1, arbitrary: fc.constant(-1) },
);

const word = fc.constantFrom("ops", "cron", "", " ");

const one = <Type extends string>(...types: readonly Type[]) =>
  fc.constantFrom(...types).map((type) => ({ type }));

function happening(times: readonly number[]): fc.Arbitrary<Happening> {
  const lapse = fc.constantFrom(...times);
  return fc.oneof(
    {
      weight: 90,
      arbitrary: fc.record({ type: fc.constant("apt" as const), choice: fc.nat(99) }),
    },
    { weight: 9, arbitrary: one("tick") },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom("start", "restart", "operator")
        .map((cause) => ({ type: "launch", cause }) as const),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant("report" as const),
        of: fc.constantFrom("ready", "not-ready", "exited"),
        age,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant("heartbeat" as const), age, sentAgo: lapse }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("unhealthy" as const),
        age,
        reason: fc.oneof({ weight: 4, arbitrary: fc.constant("probe-failed") }, word),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant("restart" as const),
        requester: fc.oneof({ weight: 3, arbitrary: fc.constant("ops") }, word),
        reason: fc.oneof({ weight: 3, arbitrary: fc.constant("why not") }, word),
      }),
    },
    { weight: 2, arbitrary: one("pause", "quarantine", "resume") },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant("limit" as const),
        view: fc.record({
          windowMs: fc.constantFrom(null, 60_000),
          limit: fc.nat(3),
          used: fc.nat(4),
        }),
      }),
    },
    { weight: 3, arbitrary: one("halt", "force") },
    { weight: 2, arbitrary: one("stop", "kill", "remove") },
  );
}

function gap(times: readonly number[], mayGoBack: boolean): fc.Arbitrary<Gap> {
  const tenth = (ms: number) => Math.floor(ms / 10);
  const near = times.flatMap((ms) => [ms - 1, ms, ms + 1, ms + tenth(ms), ms + tenth(ms) + 1]);
  const late = times.flatMap((ms) => [tenth(ms), tenth(ms) + 1, ms]);
  const from = <Origin extends Gap["from"]>(origin: Origin, ms: readonly number[]) =>
    fc.constantFrom(...ms).map((each) => ({ from: origin, ms: each }));
  return fc.oneof(
    { weight: 4, arbitrary: from("now", [0, 0, 1, ...near.map((ms) => Math.max(0, ms))]) },
    { weight: 5, arbitrary: from("deadline", [-1, 0, 0, 1, ...late]) },
    { weight: 1, arbitrary: from("now", [1_000_000_000]) },
    ...(mayGoBack ? [{ weight: 2, arbitrary: from("now", [-1, -100, -1_000_000_000]) }] : []),
  );
}

/** Options, and a script with gaps to match them. */
export interface Script {
  readonly options: ChildSlotOptions;
  readonly moves: readonly Move[];
}

export function script({ mayGoBack = false, maxLength = 40 } = {}): fc.Arbitrary<Script> {
  return someOptions.chain((options) => {
    const times = Object.values(options).filter((value) => typeof value === "number");
    const lapses = [...new Set([0, 1, 5_000, 10_000, ...times])];
    const move = fc.record({ happens: happening(lapses), gap: gap(lapses, mayGoBack) });
    return fc.record({
      options: fc.constant(options),
      moves: fc.array(move, { minLength: 5, maxLength, size: "max" }),
    });
  });
}

/** Plays a script on frozen states: whoever mutates one throws. */
export function play(
  slot: ChildSlot,
  moves: readonly Move[],
  { startAt = 0, state = slot.initial() }: { startAt?: number; state?: SlotState } = {},
): readonly Taken[] {
  const taken: Taken[] = [];
  let before = deepFreeze(state);
  let now = startAt;
  for (const { happens, gap: lapse } of moves) {
    const deadline = slot.deadline(before);
    const meant = lapse.from === "deadline" && deadline !== null ? deadline + lapse.ms : now;
    now = lapse.from === "deadline" ? Math.max(now, meant) : now + lapse.ms;
    const event = deepFreeze(eventOf(happens, before, now));
    taken.push(take(slot, before, event, now));
    before = taken.at(-1)?.after ?? before;
  }
  return taken;
}

/** One step; an impossible event leaves everything as it is, any other error is thrown on. */
export function take(slot: ChildSlot, before: SlotState, event: SlotEvent, now: number): Taken {
  try {
    const [after, commands] = slot.step(before, event, now);
    return { before, event, now, after: deepFreeze(after), commands: deepFreeze(commands) };
  } catch (error) {
    if (!isIllegalTransitionError(error)) throw error;
    return { before, event, now, after: before, commands: null };
  }
}

/** What is likely, or interesting, in this state. */
function apt(state: SlotState, choice: number): Happening {
  const report = (of: "ready" | "not-ready" | "exited", old = 0) =>
    ({ type: "report", of, age: old }) as const;
  const { phase } = state;
  const beats = "beat" in phase && phase.beat ? [TICK, TICK] : [];
  const isReadyLater = phase.status === "ready" && phase.readyAt > phase.launchedAt;
  const looks = isReadyLater && !phase.healthy ? [TICK, TICK, TICK, TICK, TICK] : [];
  const here: readonly Happening[] = {
    stopped: [
      ...(state.intent === "active" ? [LAUNCH, LAUNCH, RESTART] : [RESUME]),
      ...(choice % 5 === 0 && state.generation >= 0 ? [report("exited")] : []),
    ],
    starting: [report("ready"), report("ready"), BEAT, TICK, ...beats],
    running: [
      BEAT,
      BEAT,
      report("not-ready"),
      report("ready"),
      report("ready"),
      report("ready"),
      report("exited"),
      ...beats,
    ],
    ready: [
      report("not-ready"),
      report("not-ready"),
      BEAT,
      BEAT,
      TICK,
      TICK,
      RESTART,
      report("exited"),
      ...beats,
      ...looks,
    ],
    cancelling: [
      TICK,
      TICK,
      RESTART,
      report("exited"),
      ...(state.generation > 0 ? [report("exited", 1)] : []),
      ...(state.intent === "active" ? [] : [RESUME]),
    ],
  }[phase.status];
  return here[choice % here.length] ?? RESUME;
}

const LAUNCH = { type: "launch", cause: "restart" } as const;
const TICK = { type: "tick" } as const;
const RESUME = { type: "resume" } as const;
const BEAT = { type: "heartbeat", age: 0, sentAgo: 0 } as const;
const RESTART = { type: "restart", requester: "ops", reason: "why not" } as const;

const EXITS: readonly Exit[] = [
  { kind: "completed", value: 1, code: 0 },
  { kind: "failed", error: new Error("boom", { cause: "overheating" }), code: 1 },
  { kind: "spawn-failed", error: "ENOENT" },
  { kind: "signalled", signal: "SIGKILL", stderrTail: ["out of", "order"] },
];

function eventOf(meant: Happening, state: SlotState, now: number): SlotEvent {
  const happens = meant.type === "apt" ? apt(state, meant.choice) : meant;
  if (happens.type === "apt") return { type: "tick" };
  if (happens.type === "heartbeat") {
    const { age: old, sentAgo } = happens;
    return { type: "heartbeat", generation: state.generation - old, at: now - sentAgo };
  }
  if (happens.type === "unhealthy") {
    const { type, age: old, reason } = happens;
    return { type, generation: state.generation - old, reason };
  }
  if (happens.type !== "report") return happens;
  const generation = state.generation - happens.age;
  if (happens.of !== "exited") return { type: happens.of, generation };
  const exit = EXITS[Math.abs(state.attempt) % EXITS.length] as Exit;
  return { type: "exited", generation, exit };
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
