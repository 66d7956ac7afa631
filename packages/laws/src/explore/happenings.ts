// What can happen next to a supervision, and to the child that its driver has.

import type { Exit } from "@steadfast/policy";
import type { Happening, SupervisionOptions, SupervisionState } from "@steadfast/supervision";

/** What is really there, whatever the supervision believes. */
export interface Reality {
  /** The present attempt: nobody, on its way, or there. */
  readonly child: "none" | "launching" | "there";
}

/** Something that happens, and what it does to the child before the supervision knows. */
export interface Move {
  readonly name: string;
  /** Null: a millisecond passes, and nothing else happens. */
  readonly event: Happening | null;
  readonly reality?: Partial<Reality>;
}

const move = (event: Happening, reality?: Partial<Reality>, name: string = event.type): Move => ({
  name,
  event,
  ...(reality && { reality }),
});

const ORDERS: readonly Move[] = [
  move({ type: "stop", by: "stop" }),
  move({ type: "kill", by: "stop" }),
  move({ type: "restart", requester: "anybody", reason: "any" }),
  move({ type: "pause" }),
  move({ type: "resume" }),
  move({ type: "reset" }),
  move({ type: "reload" }),
  move({ type: "send" }),
  move({ type: "unhealthy", reason: "found" }),
  move({ type: "recycle", reason: "planned" }),
  move({ type: "forgiven" }),
  move({ type: "fault", error: "broken" }),
];

const PASSING: Move = { name: "1 ms", event: null };
const TICK = move({ type: "tick" });

const FAILED: Exit = { kind: "failed" };
const COMPLETED: Exit = { kind: "completed" };

/** All that can happen now, in a fixed order: so the first trace found is the shortest. */
export function movesFrom(
  state: SupervisionState,
  reality: Reality,
  options: Partial<SupervisionOptions>,
  isBegun: boolean,
): readonly Move[] {
  if (state.over) return [];
  if (!isBegun) return [move({ type: "begin" })];
  return [
    TICK,
    PASSING,
    ...ORDERS,
    ...reportsOf(state, reality, options),
    ...standbyMoves(state),
    ...answersTo(state),
  ];
}

function reportsOf(
  { slot, seat }: SupervisionState,
  { child }: Reality,
  options: Partial<SupervisionOptions>,
): readonly Move[] {
  const { generation } = slot;
  const gone = { child: "none" } as const;
  const moves: Move[] = [];
  // One that was given up may end at any time, also when its place is taken again.
  const last = child === "none" && slot.phase.status === "stopped" ? generation : generation - 1;
  if (last >= 0) {
    moves.push(
      move({ type: "exited", generation: last, exit: FAILED }, {}, "exited, of one before"),
    );
  }
  if (child === "launching") {
    const never: Exit = { kind: "spawn-failed", error: "no" };
    moves.push(move({ type: "launched", generation }, { child: "there" }));
    moves.push(move({ type: "exited", generation, exit: never }, gone, "exited, it never was"));
  }
  if (child !== "there") return moves;
  moves.push(move({ type: "exited", generation, exit: FAILED }, gone, "exited, failed"));
  moves.push(move({ type: "exited", generation, exit: COMPLETED }, gone, "exited, completed"));
  if (options.readiness === "explicit") {
    moves.push(move({ type: "ready", generation }), move({ type: "not-ready", generation }));
  }
  if (options.heartbeatTimeoutMs !== undefined) {
    moves.push(move({ type: "heartbeat", generation, at: Number.MAX_SAFE_INTEGER }));
  }
  if (options.recycle?.uses !== undefined) moves.push(move({ type: "used", generation, uses: 1 }));
  if (seat?.probe && seat.probe.askedAt !== null) {
    const { probe } = seat.probe;
    moves.push(move({ type: "probed", generation, probe, ok: true }, {}, "probed, well"));
    moves.push(move({ type: "probed", generation, probe, ok: false }, {}, "probed, unfit"));
  }
  return moves;
}

function standbyMoves({ standby }: SupervisionState): readonly Move[] {
  return (standby?.list ?? []).flatMap(({ standby: number, up }) => [
    ...(up ? [] : [move({ type: "standby-up", standby: number })]),
    move({ type: "standby-lost", standby: number, exit: FAILED }),
  ]);
}

function answersTo({ remote }: SupervisionState): readonly Move[] {
  if (!remote?.asking) return [];
  const { ask } = remote.asking;
  const launch = { type: "launch", delayMs: 0 } as const;
  const later = { type: "refuse", reason: "full", retryAfterMs: 1 } as const;
  const never = { type: "refuse", reason: "closed", retryAfterMs: null } as const;
  return [
    move({ type: "decided", ask, decision: launch }, {}, "decided: launch"),
    move({ type: "decided", ask, decision: later }, {}, "decided: not yet"),
    move({ type: "decided", ask, decision: never }, {}, "decided: never"),
  ];
}
