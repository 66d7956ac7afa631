// The table, row by row: what each rule is for, and the whole state and commands that come of it.
// A rule that no row here uses, for one of its statuses and one of its events, fails the last test.

import { type Exit, exitRecord } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { occurrenceOf } from "../src/deadlines.js";
import { findRule } from "../src/find-rule.js";
import {
  type ChildReport,
  type ChildSlotOptions,
  childSlot,
  isIllegalTransitionError,
  type SlotCommand,
  type SlotEvent,
  type SlotIntent,
  type SlotPhase,
  type SlotState,
  type StopCause,
  slotTable,
} from "../src/index.js";
import { slotSettings } from "../src/options.js";
import {
  abandon,
  ask,
  beat,
  cancelling,
  cmd,
  explicit,
  immediate,
  kill,
  next,
  pending,
  ready,
  running,
  slot,
  starting,
  stopped,
  told,
} from "./slot-fixtures.js";

interface Row {
  readonly why: string;
  readonly state: SlotState;
  readonly event: SlotEvent;
  readonly now: number;
  /** Null: the very same state. */
  readonly after: SlotState | null;
  readonly commands: readonly SlotCommand[];
  readonly options?: ChildSlotOptions;
}

const rows: Row[] = [];

/** Nothing happens: same state, no command. */
function quiet(why: string, state: SlotState, event: SlotEvent, now = 500): void {
  rows.push({ why, state, event, now, after: null, commands: [] });
}

/** A tick at which nothing happens, under these options. */
function early(why: string, state: SlotState, now: number, options: ChildSlotOptions): void {
  rows.push({ why, state, event: tick, now, after: null, commands: [], options });
}

/** The state stays, something is said. */
function says(why: string, state: SlotState, event: SlotEvent, ...commands: SlotCommand[]): void {
  rows.push({ why, state, event, now: 500, after: null, commands });
}

function row(
  why: string,
  state: SlotState,
  [event, now]: readonly [SlotEvent, number],
  after: SlotState,
  commands: readonly SlotCommand[],
  options: ChildSlotOptions = explicit,
): void {
  rows.push({ why, state, event, now, after, commands, options });
}

const failed: Exit = { kind: "failed", code: 1 };
const exited: SlotEvent = { type: "exited", generation: 3, exit: failed };
const tick: SlotEvent = { type: "tick" };
const restart: SlotEvent = { type: "restart", requester: "ops", reason: "new config" };
const queued = told({ type: "fence", decision: "queued-after-stop" });
const blocked = told({ type: "fence", decision: "blocked-by-shutdown" });
const rejected = told({ type: "fence", decision: "rejected" });
const up: readonly SlotPhase[] = [starting(), running(), ready()];

function left(exit: Exit, uptimeMs: number, ordered: boolean): SlotCommand {
  return told({ type: "exited", exit, uptimeMs, ordered });
}

// --- a report of a generation that is gone changes nothing ------------------------------------------

for (const type of ["ready", "not-ready", "heartbeat", "unhealthy", "exited"] as const) {
  const report = { type, generation: 2, at: 450, exit: failed, reason: "?" } as ChildReport;
  const same = { ...report, generation: 3 } as ChildReport;
  const stale = cmd({ type: "stale", report }, 2);
  for (const phase of [...up, cancelling("restart")]) {
    says(`${type} of the generation before, while ${phase.status}`, slot(phase), report, stale);
  }
  says(
    `${type} of an attempt that has left already`,
    slot(stopped),
    same,
    cmd({ type: "stale", report: same }),
  );
}

// --- occupation -------------------------------------------------------------------------------------

const launch = { type: "launch", cause: "restart" } as const;
const newcomer = { launchedAt: 500, readySince: 500 };

row(
  "a launch is a new generation and attempt, and not ready until it says so",
  slot(stopped),
  [launch, 500],
  next(starting(newcomer)),
  [cmd(launch, 4)],
);
row(
  "with immediate readiness it is ready at once",
  slot(stopped),
  [launch, 500],
  next(ready({ launchedAt: 500, readyAt: 500 })),
  [cmd(launch, 4), told({ type: "ready" }, 4)],
  immediate,
);
row(
  "the first launch of all is generation 0, attempt 1 and no restart",
  childSlot(explicit).initial(),
  [{ type: "launch", cause: "start" }, 500],
  slot(starting(newcomer), { generation: 0, attempt: 1, restarts: 0 }),
  [cmd({ type: "launch", cause: "start" }, 0)],
);
row(
  "a launch keeps the last exit and the limit on record",
  slot(stopped, {
    lastExit: { kind: "lost" },
    restartLimit: { windowMs: null, limit: 2, used: 1, updatedAt: 7 },
  }),
  [launch, 500],
  next(starting(newcomer), {
    lastExit: { kind: "lost" },
    restartLimit: { windowMs: null, limit: 2, used: 1, updatedAt: 7 },
  }),
  [cmd(launch, 4)],
);
row(
  "an operator's restart of an empty slot needs no fence",
  slot(stopped),
  [restart, 500],
  next(starting(newcomer)),
  [
    told({ type: "fence", decision: "started-immediately" }),
    cmd({ type: "launch", cause: "operator" }, 4),
  ],
);
row(
  "nor with immediate readiness",
  slot(stopped),
  [restart, 500],
  next(ready({ launchedAt: 500, readyAt: 500 })),
  [
    told({ type: "fence", decision: "started-immediately" }),
    cmd({ type: "launch", cause: "operator" }, 4),
    told({ type: "ready" }, 4),
  ],
  immediate,
);

const unfit = { type: "unhealthy", generation: 3, reason: "probe-failed" } as const;

// --- readiness --------------------------------------------------------------------------------------

const isReady: SlotEvent = { type: "ready", generation: 3 };
const isNotReady: SlotEvent = { type: "not-ready", generation: 3 };
const readyNews = told({ type: "ready" });
const notReadyNews = told({ type: "not-ready" });
const healthyNews = told({ type: "healthy" });

row(
  "ready, and one short of healthy",
  slot(starting()),
  [isReady, 2_099],
  slot(ready({ readyAt: 2_099 })),
  [readyNews],
);
row(
  "ready exactly when it has been up long enough: healthy with the next tick, which is due at once",
  slot(starting()),
  [isReady, 2_100],
  slot(ready({ readyAt: 2_100 })),
  [readyNews],
);
row(
  "that tick",
  slot(ready({ readyAt: 2_100 })),
  [tick, 2_100],
  slot(ready({ readyAt: 2_100, healthy: true })),
  [healthyNews],
);
row(
  "ready after its time ran out, but before anybody looked: it is ready",
  slot(starting({ beat: beat(200) })),
  [isReady, 1_101],
  slot(ready({ readyAt: 1_101, beat: beat(200) })),
  [readyNews],
);
row(
  "ready after a fresh period was granted: nothing of that is left",
  slot(starting({ readySince: 2_000, excused: true, saidNotReady: true })),
  [isReady, 2_050],
  slot(ready({ readyAt: 2_050 })),
  [readyNews],
);
row(
  "ready again, still too young to be healthy",
  slot(running()),
  [isReady, 500],
  slot(ready({ readyAt: 500 })),
  [readyNews],
);
row(
  "healthy is told once per attempt, however often it becomes ready",
  slot(running({ healthy: true })),
  [isReady, 3_000],
  slot(ready({ readyAt: 3_000, healthy: true })),
  [readyNews],
);
quiet("ready twice", slot(ready()), isReady);
row(
  "a child may say that it is not ready yet",
  slot(starting()),
  [isNotReady, 500],
  slot(starting({ saidNotReady: true })),
  [notReadyNews],
);
quiet("not ready yet, twice", slot(starting({ saidNotReady: true })), isNotReady);
row(
  "not ready any more",
  slot(ready({ healthy: true, beat: beat(300) })),
  [isNotReady, 500],
  slot(running({ healthy: true, beat: beat(300) })),
  [notReadyNews],
);
quiet("not ready any more, twice", slot(running()), isNotReady);

// --- signs of life ----------------------------------------------------------------------------------

function heartbeat(at: number): SlotEvent {
  return { type: "heartbeat", generation: 3, at };
}

for (const phase of up) {
  const { status } = phase;
  const with_ = (one: ReturnType<typeof beat>) => slot({ ...phase, beat: one } as SlotPhase);
  row(`a heartbeat while ${status}`, slot(phase), [heartbeat(400), 500], with_(beat(400)), []);
  row(
    `a heartbeat from the future counts as now, while ${status}`,
    slot(phase),
    [heartbeat(501), 500],
    with_(beat(500)),
    [],
  );
  quiet(`an older heartbeat changes nothing, while ${status}`, with_(beat(400)), heartbeat(399));
}
quiet("the same heartbeat twice", slot(ready({ beat: beat(400) })), heartbeat(400));
quiet(
  "two heartbeats from the future, both dated now",
  slot(ready({ beat: beat(500) })),
  heartbeat(900),
);
row(
  "sent before the fresh period began: known, but the period stays as it is",
  slot(ready({ beat: beat(100, { since: 450, excused: true }) })),
  [heartbeat(449), 500],
  slot(ready({ beat: beat(449, { since: 450, excused: true }) })),
  [],
);
row(
  "sent exactly when the fresh period began: a new sign of life",
  slot(ready({ beat: beat(100, { since: 450, excused: true }) })),
  [heartbeat(450), 500],
  slot(ready({ beat: beat(450) })),
  [],
);

// --- what the child says on its way out is of no interest --------------------------------------------

for (const event of [isReady, isNotReady, heartbeat(450), unfit]) {
  quiet(`${event.type} of a child that is to end`, slot(cancelling("restart")), event);
}

// --- the end of an attempt --------------------------------------------------------------------------

for (const phase of up) {
  row(
    `an exit of its own accord while ${phase.status}`,
    slot(phase),
    [exited, 500],
    slot(stopped, { lastExit: { kind: "failed", code: 1 } }),
    [left(failed, 400, false)],
  );
}
row(
  "a failed spawn was never up",
  slot(starting()),
  [{ type: "exited", generation: 3, exit: { kind: "spawn-failed", error: "ENOENT" } }, 500],
  slot(stopped, { lastExit: exitRecord({ kind: "spawn-failed", error: "ENOENT" }) }),
  [left({ kind: "spawn-failed", error: "ENOENT" }, 0, false)],
);
row(
  "an uptime is never negative, whatever the clock does",
  slot(ready()),
  [exited, 99],
  slot(stopped, { lastExit: { kind: "failed", code: 1 } }),
  [left(failed, 0, false)],
);
for (const cause of ["stop", "restart", "pause", "quarantine", "remove"] as const) {
  row(
    `an exit after ${cause} was ordered`,
    slot(cancelling(cause), { open: cause !== "stop" }),
    [exited, 500],
    slot(stopped, { open: cause !== "stop", lastExit: { kind: "failed", code: 1 } }),
    [left(failed, 400, true)],
  );
}
row(
  "ended because it was not ready in time: a time-out, with how it ended inside",
  slot(cancelling("not-ready-in-time")),
  [exited, 500],
  slot(stopped, { lastExit: { kind: "timed-out", afterMs: 1_000, ended: failed } }),
  [left({ kind: "timed-out", afterMs: 1_000, ended: failed }, 400, false)],
);
row(
  "ended because its heartbeats stopped: unhealthy, with how it ended inside",
  slot(cancelling("heartbeat-stale", { step: "killed" })),
  [exited, 500],
  slot(stopped, {
    lastExit: { kind: "unhealthy", reason: "heartbeat-stale", ended: failed },
  }),
  [left({ kind: "unhealthy", reason: "heartbeat-stale", ended: failed }, 400, false)],
);
row(
  "ended because it ran too long: a time-out, with how it ended inside",
  slot(cancelling("ran-too-long")),
  [exited, 500],
  slot(stopped, { lastExit: { kind: "timed-out", afterMs: 400, ended: failed } }),
  [left({ kind: "timed-out", afterMs: 400, ended: failed }, 400, false)],
  { ...explicit, maxRunMs: 400 },
);
row(
  "found unhealthy from outside: the exit has the watcher's word, with how it ended inside",
  slot(cancelling("unhealthy", { reason: "probe-failed" })),
  [exited, 500],
  slot(stopped, { lastExit: { kind: "unhealthy", reason: "probe-failed", ended: failed } }),
  [left({ kind: "unhealthy", reason: "probe-failed", ended: failed }, 400, false)],
);
row(
  "the restart that waited happens with the exit",
  slot(cancelling("restart", { pending })),
  [exited, 500],
  next(starting(newcomer), { lastExit: { kind: "failed", code: 1 } }),
  [left(failed, 400, true), cmd({ type: "launch", cause: "operator" }, 4)],
);
row(
  "the restart that waited happens with the exit, ready at once",
  slot(cancelling("heartbeat-stale", { pending, step: "killed" })),
  [exited, 500],
  next(ready({ launchedAt: 500, readyAt: 500 }), {
    lastExit: { kind: "unhealthy", reason: "heartbeat-stale", ended: failed },
  }),
  [
    left({ kind: "unhealthy", reason: "heartbeat-stale", ended: failed }, 400, false),
    cmd({ type: "launch", cause: "operator" }, 4),
    told({ type: "ready" }, 4),
  ],
  immediate,
);

// --- stop and kill ----------------------------------------------------------------------------------

const impatient: ChildSlotOptions = { ...explicit, gracePeriodMs: 0 };
const shut = { open: false };
const waiting = { ...pending, requestedAt: 500 };

for (const phase of up) {
  row(
    `a stop while ${phase.status} asks, and closes for good`,
    slot(phase),
    [{ type: "stop" }, 500],
    slot(cancelling("stop", { since: 500 }), shut),
    [ask("stop")],
  );
  row(
    `a stop while ${phase.status} without a grace period forces at once`,
    slot(phase),
    [{ type: "stop" }, 500],
    slot(cancelling("stop", { since: 500, step: "killed" }), shut),
    [ask("stop"), kill],
    impatient,
  );
  row(
    `a kill while ${phase.status} asks and forces at once`,
    slot(phase),
    [{ type: "kill" }, 500],
    slot(cancelling("stop", { since: 500, step: "killed" }), shut),
    [ask("stop"), kill],
  );
}
row(
  "a kill cuts the grace period of a stop short",
  slot(cancelling("stop", { excused: true }), shut),
  [{ type: "kill" }, 500],
  slot(cancelling("stop", { since: 500, step: "killed" }), shut),
  [kill],
);
row(
  "a kill overtakes a restart that waits",
  slot(cancelling("restart", { pending })),
  [{ type: "kill" }, 500],
  slot(cancelling("restart", { since: 500, step: "killed" }), shut),
  [blocked, kill],
);
for (const type of ["stop", "kill"] as const) {
  row(
    `${type} of an empty slot closes it`,
    slot(stopped),
    [{ type }, 500],
    slot(stopped, shut),
    [],
  );
  quiet(`${type} of a closed and empty slot`, slot(stopped, shut), { type });
  quiet(
    `${type} of a slot whose child was killed already`,
    slot(cancelling("stop", { step: "killed" }), shut),
    { type },
  );
  row(
    `${type} wins over a restart that waits for a killed child`,
    slot(cancelling("restart", { step: "killed", pending })),
    [{ type }, 500],
    slot(cancelling("restart", { step: "killed" }), shut),
    [blocked],
  );
}
quiet("stop twice", slot(cancelling("stop"), shut), { type: "stop" });
row(
  "stop wins over a restart that waits; the child is not asked twice, and not for another reason",
  slot(cancelling("restart", { pending })),
  [{ type: "stop" }, 500],
  slot(cancelling("restart"), shut),
  [blocked],
);
row(
  "stop while a stale child is ended: it is still the child's fault",
  slot(cancelling("heartbeat-stale", { pending })),
  [{ type: "stop" }, 500],
  slot(cancelling("heartbeat-stale"), shut),
  [blocked],
);
row(
  "stop after a pause closes the slot, and the ending goes on",
  slot(cancelling("pause"), { intent: "paused" }),
  [{ type: "stop" }, 500],
  slot(cancelling("pause"), { intent: "paused", ...shut }),
  [],
);

// --- halt and force: the slot stays open ------------------------------------------------------------

for (const phase of up) {
  row(
    `a halt while ${phase.status} asks, and leaves the slot open`,
    slot(phase),
    [{ type: "halt" }, 500],
    slot(cancelling("halt", { since: 500 })),
    [ask("halt")],
  );
  row(
    `a halt while ${phase.status} without a grace period forces at once`,
    slot(phase),
    [{ type: "halt" }, 500],
    slot(cancelling("halt", { since: 500, step: "killed" })),
    [ask("halt"), kill],
    impatient,
  );
  row(
    `a halt while ${phase.status} with the shortest grace period waits`,
    slot(phase),
    [{ type: "halt" }, 500],
    slot(cancelling("halt", { since: 500 })),
    [ask("halt")],
    { ...explicit, gracePeriodMs: 1 },
  );
  for (const options of [explicit, impatient]) {
    row(
      `a force while ${phase.status} asks nothing, grace period or not (${options.gracePeriodMs})`,
      slot(phase),
      [{ type: "force" }, 500],
      slot(cancelling("force", { since: 500, step: "killed" })),
      [kill],
      options,
    );
  }
}
for (const type of ["halt", "force"] as const) {
  for (const over of [{}, shut, { intent: "paused" }, { intent: "removed" }] as const) {
    quiet(`${type} with nobody there: ${JSON.stringify(over)}`, slot(stopped, over), { type });
  }
  quiet(`${type} before the first launch`, childSlot(explicit).initial(), { type });
  for (const cause of ["halt", "force", "stop", "pause", "heartbeat-stale"] as const) {
    const over = cause === "stop" ? shut : {};
    quiet(
      `${type} of a child that was killed already, for ${cause}`,
      slot(cancelling(cause, { step: "killed" }), over),
      { type },
    );
  }
  row(
    `${type} drops a restart that waits for a killed child`,
    slot(cancelling("restart", { step: "killed", pending })),
    [{ type }, 500],
    slot(cancelling("restart", { step: "killed" })),
    [rejected],
  );
  row(
    `an exit after ${type} is ordered, and nothing is launched by itself`,
    slot(cancelling(type, { step: "killed" })),
    [exited, 500],
    slot(stopped, { lastExit: { kind: "failed", code: 1 } }),
    [left(failed, 400, true)],
  );
  row(
    `given up after ${type}: that is ordered, too`,
    slot(cancelling(type, { step: "killed", since: 700 })),
    [tick, 900],
    slot(stopped, { lastExit: { kind: "abandoned" } }),
    [abandon, left({ kind: "abandoned" }, 800, true)],
  );
  row(
    `a stop after ${type} closes, and the ending goes on`,
    slot(cancelling(type, { step: "killed" })),
    [{ type: "stop" }, 500],
    slot(cancelling(type, { step: "killed" }), shut),
    [],
  );
  row(
    `a restart told while ${type} is under way is newer: it is queued`,
    slot(cancelling(type, { step: "killed" })),
    [restart, 500],
    slot(cancelling(type, { step: "killed", pending: waiting })),
    [queued],
  );
}
for (const cause of ["halt", "stop", "pause", "not-ready-in-time"] as const) {
  const over = cause === "stop" ? shut : {};
  quiet(`halt while a ${cause} is under way`, slot(cancelling(cause), over), { type: "halt" });
  row(
    `force cuts the grace period of a ${cause} short; the cause stays`,
    slot(cancelling(cause, { excused: true }), over),
    [{ type: "force" }, 500],
    slot(cancelling(cause, { since: 500, step: "killed" }), over),
    [kill],
  );
}
row(
  "halt drops a restart that waits; the child is not asked twice, and the grace period goes on",
  slot(cancelling("restart", { pending })),
  [{ type: "halt" }, 500],
  slot(cancelling("restart")),
  [rejected],
);
row(
  "force drops a restart that waits, and kills",
  slot(cancelling("restart", { pending })),
  [{ type: "force" }, 500],
  slot(cancelling("restart", { since: 500, step: "killed" })),
  [rejected, kill],
);
row(
  "halt of a child that is ended as stale: it is still the child's fault",
  slot(cancelling("heartbeat-stale", { pending })),
  [{ type: "halt" }, 500],
  slot(cancelling("heartbeat-stale")),
  [rejected],
);
row(
  "a kill after a halt closes, and cuts the grace period short",
  slot(cancelling("halt")),
  [{ type: "kill" }, 500],
  slot(cancelling("halt", { since: 500, step: "killed" }), shut),
  [kill],
);
row(
  "the grace period of a halt is over: killed",
  slot(cancelling("halt")),
  [tick, 700],
  slot(cancelling("halt", { since: 700, step: "killed" })),
  [kill],
);
row(
  "a pause while a halt is under way: the intent is new, the ending goes on",
  slot(cancelling("halt")),
  [{ type: "pause" }, 500],
  slot(cancelling("halt"), { intent: "paused" }),
  [told({ type: "intent", intent: "paused" })],
);

// --- a verdict from outside ------------------------------------------------------------------------

const found = { reason: "probe-failed" };

for (const phase of up) {
  row(
    `found unhealthy while ${phase.status}: asked to end, for its own fault`,
    slot(phase),
    [unfit, 500],
    slot(cancelling("unhealthy", { since: 500, ...found })),
    [ask("unhealthy")],
  );
  row(
    `found unhealthy while ${phase.status}, without a grace period: forced at once`,
    slot(phase),
    [unfit, 500],
    slot(cancelling("unhealthy", { since: 500, step: "killed", ...found })),
    [ask("unhealthy"), kill],
    impatient,
  );
}
row(
  "found unhealthy at the instant of its launch",
  slot(ready()),
  [unfit, 100],
  slot(cancelling("unhealthy", { since: 100, ...found })),
  [ask("unhealthy")],
);
row(
  "found unhealthy: nothing of its heartbeats, its health and its times is left",
  slot(ready({ beat: beat(300), healthy: true, ranSince: 200 })),
  [unfit, 500],
  slot(cancelling("unhealthy", { since: 500, ...found })),
  [ask("unhealthy")],
);
quiet("found unhealthy twice: the first word stays", slot(cancelling("unhealthy", found)), {
  ...unfit,
  reason: "too large",
});
for (const cause of ["stop", "halt", "restart", "heartbeat-stale", "ran-too-long"] as const) {
  const over = cause === "stop" ? shut : {};
  quiet(`found unhealthy while a ${cause} is under way`, slot(cancelling(cause), over), unfit);
}
row(
  "stop while an unhealthy child is ended: it is still the child's fault",
  slot(cancelling("unhealthy", { pending, ...found })),
  [{ type: "stop" }, 500],
  slot(cancelling("unhealthy", found), shut),
  [blocked],
);
row(
  "a restart while an unhealthy child is ended: the fault stays, the launch is added",
  slot(cancelling("unhealthy", found)),
  [restart, 500],
  slot(cancelling("unhealthy", { pending: waiting, ...found })),
  [queued],
);
row(
  "force of an unhealthy child cuts the grace period short; the word stays",
  slot(cancelling("unhealthy", found)),
  [{ type: "force" }, 500],
  slot(cancelling("unhealthy", { since: 500, step: "killed", ...found })),
  [kill],
);
row(
  "an unhealthy child that does not end is given up, and the fault is told",
  slot(cancelling("unhealthy", { step: "killed", since: 700, ...found })),
  [tick, 900],
  slot(stopped, {
    lastExit: { kind: "unhealthy", reason: "probe-failed", ended: { kind: "abandoned" } },
  }),
  [
    abandon,
    left({ kind: "unhealthy", reason: "probe-failed", ended: { kind: "abandoned" } }, 800, false),
  ],
);

// --- fenced restarts --------------------------------------------------------------------------------

const asked: StopCause = "restart";

for (const phase of up) {
  row(
    `a restart while ${phase.status} waits until the old generation is gone`,
    slot(phase),
    [restart, 500],
    slot(cancelling(asked, { since: 500, pending: waiting })),
    [queued, ask("restart")],
  );
}
row(
  "a restart without a grace period waits all the same",
  slot(ready()),
  [restart, 500],
  slot(cancelling(asked, { since: 500, step: "killed", pending: waiting })),
  [queued, ask("restart"), kill],
  impatient,
);
row(
  "asked for again while it waits: counted, the first requester stays",
  slot(cancelling(asked, { pending })),
  [{ type: "restart", requester: "cron", reason: "nightly" }, 500],
  slot(cancelling(asked, { pending: { ...pending, duplicates: 1 } })),
  [told({ type: "fence", decision: "already-pending" })],
);
row(
  "a restart while a stale child is ended: the fault stays, the launch is added",
  slot(cancelling("heartbeat-stale", { step: "killed", since: 450 })),
  [restart, 500],
  slot(cancelling("heartbeat-stale", { step: "killed", since: 450, pending: waiting })),
  [queued],
);
row(
  "a restart after a pause was taken back",
  slot(cancelling("pause")),
  [restart, 500],
  slot(cancelling("pause", { pending: waiting })),
  [queued],
);
for (const phase of [stopped, cancelling("stop")]) {
  says(`a restart of a closed slot, ${phase.status}`, slot(phase, shut), restart, blocked);
}
for (const phase of [stopped, cancelling("pause")]) {
  for (const intent of ["paused", "quarantined", "removed"] as const) {
    const barred = slot(phase, { intent });
    says(`a restart of a ${intent} slot, ${phase.status}`, barred, restart, rejected);
  }
}
says(
  "closed and paused: closed weighs more",
  slot(stopped, { ...shut, intent: "paused" }),
  restart,
  blocked,
);

// --- intent -----------------------------------------------------------------------------------------

const INTENTS = [
  ["pause", "paused"],
  ["quarantine", "quarantined"],
  ["remove", "removed"],
] as const;

function wants(intent: SlotIntent): SlotCommand {
  return told({ type: "intent", intent });
}

for (const [type, intent] of INTENTS) {
  for (const phase of up) {
    row(
      `${type} ends a child that is ${phase.status}, and leaves the slot open`,
      slot(phase),
      [{ type }, 500],
      slot(cancelling(type, { since: 500 }), { intent }),
      [wants(intent), ask(type)],
    );
  }
  row(`${type} of an empty slot`, slot(stopped), [{ type }, 500], slot(stopped, { intent }), [
    wants(intent),
  ]);
  row(
    `${type} drops a restart that waits`,
    slot(cancelling("restart", { pending })),
    [{ type }, 500],
    slot(cancelling("restart"), { intent }),
    [wants(intent), rejected],
  );
  row(
    `${type} after a stop: the slot stays closed`,
    slot(cancelling("stop"), shut),
    [{ type }, 500],
    slot(cancelling("stop"), { intent, ...shut }),
    [wants(intent)],
  );
  row(
    `${type} while a stale child is ended: it is still the child's fault`,
    slot(cancelling("heartbeat-stale")),
    [{ type }, 500],
    slot(cancelling("heartbeat-stale"), { intent }),
    [wants(intent)],
  );
  quiet(`${type} twice`, slot(stopped, { intent }), { type });
  quiet(`${type} twice while it is cancelling`, slot(cancelling(type), { intent }), { type });
  quiet(`${type} after removal`, slot(stopped, { intent: "removed" }), { type });
}
row(
  "a newer intent while an ending goes on",
  slot(cancelling("pause"), { intent: "paused" }),
  [{ type: "quarantine" }, 500],
  slot(cancelling("pause"), { intent: "quarantined" }),
  [wants("quarantined")],
);
row(
  "a resume launches nothing by itself",
  slot(stopped, { intent: "quarantined" }),
  [{ type: "resume" }, 500],
  slot(stopped),
  [wants("active")],
);
row(
  "a resume does not call an ending off",
  slot(cancelling("pause"), { intent: "paused" }),
  [{ type: "resume" }, 500],
  slot(cancelling("pause")),
  [wants("active")],
);
row(
  "nor does it hurry one that was begun with another grace period",
  slot(cancelling("pause"), { intent: "paused" }),
  [{ type: "resume" }, 500],
  slot(cancelling("pause")),
  [wants("active")],
  { ...explicit, gracePeriodMs: 0 },
);
for (const phase of [...up, cancelling("restart", { pending }), stopped]) {
  quiet(`resume while active and ${phase.status}`, slot(phase), { type: "resume" });
}
quiet("resume after removal", slot(stopped, { intent: "removed" }), { type: "resume" });

// --- the restart limit, for the record --------------------------------------------------------------

const view = { windowMs: 60_000, limit: 3, used: 1 };
const known = { restartLimit: { ...view, updatedAt: 50 } };

for (const phase of [stopped, ...up, cancelling("restart", { pending })]) {
  row(
    `a limit told while ${phase.status}`,
    slot(phase),
    [{ type: "limit", view }, 500],
    slot(phase, { restartLimit: { ...view, updatedAt: 500 } }),
    [],
  );
  quiet(`the same limit again while ${phase.status}`, slot(phase, known), { type: "limit", view });
}
for (const change of [{ windowMs: null }, { limit: 4 }, { used: 2 }]) {
  row(
    `a limit with another ${Object.keys(change)}`,
    slot(stopped, known),
    [{ type: "limit", view: { ...view, ...change } }, 500],
    slot(stopped, { restartLimit: { ...view, ...change, updatedAt: 500 } }),
    [],
  );
}

// --- time -------------------------------------------------------------------------------------------

quiet("time changes nothing in an empty slot", slot(stopped), tick, Number.MAX_SAFE_INTEGER);
for (const phase of [running(), ready({ healthy: true })]) {
  quiet(
    `a child that never sent a heartbeat is not judged, ${phase.status}`,
    slot(phase),
    tick,
    Number.MAX_SAFE_INTEGER,
  );
}

quiet("one before it must be ready", slot(starting()), tick, 1_099);
row(
  "exactly when it must be ready: too late",
  slot(starting()),
  [tick, 1_100],
  slot(cancelling("not-ready-in-time", { since: 1_100 })),
  [ask("not-ready-in-time")],
);
row(
  "a look late by a tenth of the time given still judges",
  slot(starting()),
  [tick, 1_200],
  slot(cancelling("not-ready-in-time", { since: 1_200 })),
  [ask("not-ready-in-time")],
);
row(
  "a look later than that does not: the host was away",
  slot(starting()),
  [tick, 1_201],
  slot(starting({ readySince: 1_201, excused: true })),
  [],
);
row(
  "but only once: the next look judges, however late",
  slot(starting({ readySince: 1_201, excused: true })),
  [tick, 9_999],
  slot(cancelling("not-ready-in-time", { since: 9_999 })),
  [ask("not-ready-in-time")],
);

for (const phase of up) {
  const { status } = phase;
  const since = (at: number, over = {}) => slot({ ...phase, beat: beat(at, over) } as SlotPhase);
  quiet(`one before a heartbeat is stale, ${status}`, since(200), tick, 699);
  row(
    `exactly when a heartbeat is stale, ${status}`,
    since(200),
    [tick, 700],
    slot(cancelling("heartbeat-stale", { since: 700 })),
    [ask("heartbeat-stale")],
  );
  row(
    `looked at too late to call it stale, ${status}`,
    since(200),
    [tick, 751],
    since(200, { since: 751, excused: true }),
    [],
  );
  row(
    `stale after the fresh period, ${status}`,
    slot({ ...phase, beat: beat(200, { since: 400, excused: true }) } as SlotPhase),
    [tick, 950],
    slot(cancelling("heartbeat-stale", { since: 950 })),
    [ask("heartbeat-stale")],
  );
}
row(
  "not ready in time and stale at the same instant: the first counts",
  slot(starting({ beat: beat(600) })),
  [tick, 1_100],
  slot(cancelling("not-ready-in-time", { since: 1_100 })),
  [ask("not-ready-in-time")],
);
row(
  "a late look at both starts the one that was due first afresh: the heartbeat",
  slot(starting({ beat: beat(300) })),
  [tick, 5_000],
  slot(starting({ beat: beat(300, { since: 5_000, excused: true }) })),
  [],
);
row(
  "a late look at both starts the one that was due first afresh: the readiness",
  slot(starting({ beat: beat(900) })),
  [tick, 5_000],
  slot(starting({ beat: beat(900), readySince: 5_000, excused: true })),
  [],
);

const bounded: ChildSlotOptions = { ...explicit, maxRunMs: 400 };

for (const phase of up) {
  const { status } = phase;
  const again = (ranSince: number) => slot({ ...phase, ranSince } as SlotPhase);
  const ended = (since: number) => slot(cancelling("ran-too-long", { since }));
  const asks = [ask("ran-too-long")];
  early(`one before it has run as long as it may, ${status}`, slot(phase), 499, bounded);
  row(`exactly as long, ${status}`, slot(phase), [tick, 500], ended(500), asks, bounded);
  row(`late by a tenth, ${status}`, slot(phase), [tick, 540], ended(540), asks, bounded);
  row(`too late to judge, ${status}`, slot(phase), [tick, 541], again(541), [], bounded);
  early(`one before that time is over, ${status}`, again(541), 940, bounded);
  row(`exactly then, ${status}`, again(541), [tick, 941], ended(941), asks, bounded);
  row(`only once: then however late, ${status}`, again(541), [tick, 9_999], ended(9_999), asks, {
    ...bounded,
    readyTimeoutMs: 99_999,
    healthyAfterMs: 99_999,
  });
}
row(
  "without a grace period it is forced at once",
  slot(running()),
  [tick, 500],
  slot(cancelling("ran-too-long", { since: 500, step: "killed" })),
  [ask("ran-too-long"), kill],
  { ...bounded, gracePeriodMs: 0 },
);
for (const [event, from, to] of [
  [isReady, starting({ ranSince: 300 }), ready({ readyAt: 500, ranSince: 300 })],
  [isReady, running({ ranSince: 300 }), ready({ readyAt: 500, ranSince: 300 })],
  [isNotReady, ready({ ranSince: 300 }), running({ ranSince: 300 })],
] as const) {
  row(
    `${event.type} while ${from.status}: the time that it may run goes on`,
    slot(from),
    [event, 500],
    slot(to),
    [event === isReady ? readyNews : notReadyNews],
  );
}
row(
  "the next attempt has all its time",
  slot(cancelling("ran-too-long", { pending })),
  [exited, 500],
  next(starting(newcomer), { lastExit: { kind: "timed-out", afterMs: 400, ended: failed } }),
  [
    left({ kind: "timed-out", afterMs: 400, ended: failed }, 400, false),
    cmd({ type: "launch", cause: "operator" }, 4),
  ],
  bounded,
);
row(
  "it ran too long and is healthy at the same instant: it ran too long",
  slot(ready()),
  [tick, 2_100],
  slot(cancelling("ran-too-long", { since: 2_100 })),
  [ask("ran-too-long")],
  { ...explicit, maxRunMs: 2_000 },
);
row(
  "stale and run too long at the same instant: stale",
  slot(ready({ beat: beat(100) })),
  [tick, 600],
  slot(cancelling("heartbeat-stale", { since: 600 })),
  [ask("heartbeat-stale")],
  { ...explicit, maxRunMs: 500 },
);
row(
  "too late for both: the one that was due first starts again, and the other with the next tick",
  slot(ready({ healthSince: 150 })),
  [tick, 9_999],
  slot(ready({ ranSince: 9_999, healthSince: 150 })),
  [],
  bounded,
);
quiet("it runs as long as it likes", slot(ready({ healthy: true })), tick, Number.MAX_SAFE_INTEGER);

quiet("one before it is healthy", slot(ready()), tick, 2_099);
row("exactly when it is healthy", slot(ready()), [tick, 2_100], slot(ready({ healthy: true })), [
  healthyNews,
]);
row(
  "a look late by a tenth of the time given still finds it healthy",
  slot(ready()),
  [tick, 2_300],
  slot(ready({ healthy: true })),
  [healthyNews],
);
row(
  "a look later than that does not: it may have been asleep like the host",
  slot(ready()),
  [tick, 2_301],
  slot(ready({ healthSince: 2_301 })),
  [],
);
quiet("one before that time is over", slot(ready({ healthSince: 2_301 })), tick, 4_300);
for (const now of [4_301, 99_999]) {
  row(
    `only once: then it is healthy, however late, at ${now}`,
    slot(ready({ healthSince: 2_301 })),
    [tick, now],
    slot(ready({ healthy: true })),
    [healthyNews],
  );
}
row(
  "a sleep of eight hours is no time of running well",
  slot(ready()),
  [tick, 100 + 8 * 3_600_000],
  slot(ready({ healthSince: 100 + 8 * 3_600_000 })),
  [],
);
row(
  "ready long after it was old enough: nobody was late, it is healthy at once",
  slot(ready({ readyAt: 50_000 })),
  [tick, 50_000],
  slot(ready({ readyAt: 50_000, healthy: true })),
  [healthyNews],
);
row(
  "ready long after it was old enough, and looked at too late after that",
  slot(ready({ readyAt: 50_000 })),
  [tick, 50_201],
  slot(ready({ readyAt: 50_000, healthSince: 50_201 })),
  [],
);
row(
  "not ready any more: the time that was started again goes on",
  slot(ready({ ranSince: 300, healthSince: 2_301 })),
  [isNotReady, 2_400],
  slot(running({ ranSince: 300, healthSince: 2_301 })),
  [notReadyNews],
);
row(
  "ready again: it is neither healthy at once nor excused once more",
  slot(running({ ranSince: 300, healthSince: 2_301 })),
  [isReady, 2_500],
  slot(ready({ readyAt: 2_500, ranSince: 300, healthSince: 2_301 })),
  [readyNews],
);
for (const [event, from, to] of [
  [isNotReady, ready({ healthSince: 2_301 }), running()],
  [isReady, running({ healthSince: 2_301 }), ready({ readyAt: 2_500 })],
] as const) {
  row(
    `${event.type}: what counts from becoming ready starts anew`,
    slot(from),
    [event, 2_500],
    slot(to),
    [event === isReady ? readyNews : notReadyNews],
    { ...explicit, healthyFrom: "ready" },
  );
}

const fromReady: ChildSlotOptions = { ...explicit, healthyFrom: "ready" };
const readyLate = slot(ready({ readyAt: 900 }));

early("counted from ready: one before it is healthy", readyLate, 2_899, fromReady);
for (const now of [2_900, 3_100]) {
  row(
    `counted from ready: healthy at ${now}`,
    readyLate,
    [tick, now],
    slot(ready({ readyAt: 900, healthy: true })),
    [healthyNews],
    fromReady,
  );
}
row(
  "counted from ready: too late to say",
  readyLate,
  [tick, 3_101],
  slot(ready({ readyAt: 900, healthSince: 3_101 })),
  [],
  fromReady,
);
quiet("healthy twice", slot(ready({ healthy: true })), tick, 99_999);
quiet("old enough, but not ready", slot(running()), tick, 99_999);
row(
  "stale and healthy at the same instant: stale",
  slot(ready({ beat: beat(1_600) })),
  [tick, 2_100],
  slot(cancelling("heartbeat-stale", { since: 2_100 })),
  [ask("heartbeat-stale")],
);

quiet("one before the grace period is over", slot(cancelling("pause")), tick, 699);
row(
  "exactly when the grace period is over",
  slot(cancelling("restart", { pending })),
  [tick, 700],
  slot(cancelling("restart", { pending, since: 700, step: "killed" })),
  [kill],
);
row(
  "a look too late to force: it gets one more grace period",
  slot(cancelling("stop"), shut),
  [tick, 731],
  slot(cancelling("stop", { since: 731, excused: true }), shut),
  [],
);
row(
  "and no third one",
  slot(cancelling("stop", { since: 731, excused: true }), shut),
  [tick, 99_999],
  slot(cancelling("stop", { since: 99_999, step: "killed" }), shut),
  [kill],
);

const hopeless = { step: "killed", since: 700 } as const;
const givenUp: Exit = { kind: "abandoned" };

quiet("one before it is given up", slot(cancelling("pause", hopeless)), tick, 899);
row(
  "exactly when it is given up",
  slot(cancelling("stop", hopeless), shut),
  [tick, 900],
  slot(stopped, { ...shut, lastExit: givenUp }),
  [abandon, left(givenUp, 800, true)],
);
row(
  "a look too late to give it up",
  slot(cancelling("stop", hopeless), shut),
  [tick, 921],
  slot(cancelling("stop", { ...hopeless, since: 921, excused: true }), shut),
  [],
);
row(
  "a child given up for its own fault: the fault is told",
  slot(cancelling("not-ready-in-time", hopeless)),
  [tick, 900],
  slot(stopped, { lastExit: { kind: "timed-out", afterMs: 1_000, ended: givenUp } }),
  [abandon, left({ kind: "timed-out", afterMs: 1_000, ended: givenUp }, 800, false)],
);
row(
  "the restart that waited happens although the old child may still be there",
  slot(cancelling("restart", { ...hopeless, pending })),
  [tick, 900],
  next(starting({ launchedAt: 900, readySince: 900 }), { lastExit: givenUp }),
  [abandon, left(givenUp, 800, true), cmd({ type: "launch", cause: "operator" }, 4)],
);
row(
  "the same, ready at once",
  slot(cancelling("restart", { ...hopeless, pending })),
  [tick, 900],
  next(ready({ launchedAt: 900, readyAt: 900 }), { lastExit: givenUp }),
  [
    abandon,
    left(givenUp, 800, true),
    cmd({ type: "launch", cause: "operator" }, 4),
    told({ type: "ready" }, 4),
  ],
  immediate,
);

// --- the edges of numbers ---------------------------------------------------------------------------

const END = Number.MAX_SAFE_INTEGER;

row(
  "at the end of time nothing is waited for",
  slot(cancelling("stop", { since: END - 1 }), shut),
  [tick, END],
  slot(cancelling("stop", { since: END, step: "killed" }), shut),
  [kill],
);
/** An option at 0 and at 1, looked at on time, and later than a tenth of it. */
interface Edge {
  readonly option: Partial<ChildSlotOptions>;
  readonly from: SlotState;
  /** Since when the time runs. */
  readonly since: number;
  readonly over: (now: number) => readonly [after: SlotState, commands: readonly SlotCommand[]];
  /** With a fresh period from this instant. */
  readonly afresh: (now: number) => SlotState;
}

const edges: readonly Edge[] = [
  {
    option: { readyTimeoutMs: 0 },
    from: slot(starting()),
    since: 100,
    over: (now) => [
      slot(cancelling("not-ready-in-time", { since: now })),
      [ask("not-ready-in-time")],
    ],
    afresh: (now) => slot(starting({ readySince: now, excused: true })),
  },
  {
    option: { heartbeatTimeoutMs: 0 },
    from: slot(ready({ beat: beat(400), healthy: true })),
    since: 400,
    over: (now) => [slot(cancelling("heartbeat-stale", { since: now })), [ask("heartbeat-stale")]],
    afresh: (now) => slot(ready({ beat: beat(400, { since: now, excused: true }), healthy: true })),
  },
  {
    option: { gracePeriodMs: 0 },
    from: slot(cancelling("halt")),
    since: 400,
    over: (now) => [slot(cancelling("halt", { since: now, step: "killed" })), [kill]],
    afresh: (now) => slot(cancelling("halt", { since: now, excused: true })),
  },
  {
    option: { abandonAfterMs: 0 },
    from: slot(cancelling("stop", hopeless), shut),
    since: 700,
    over: (now) => [
      slot(stopped, { ...shut, lastExit: givenUp }),
      [abandon, left(givenUp, now - 100, true)],
    ],
    afresh: (now) => slot(cancelling("stop", { ...hopeless, since: now, excused: true }), shut),
  },
  {
    option: { healthyAfterMs: 0 },
    from: slot(ready({ readyAt: 100 })),
    since: 100,
    over: () => [slot(ready({ readyAt: 100, healthy: true })), [healthyNews]],
    afresh: (now) => slot(ready({ readyAt: 100, healthSince: now })),
  },
  {
    option: { healthyAfterMs: 0, healthyFrom: "ready" },
    from: slot(ready({ readyAt: 300 })),
    since: 300,
    over: () => [slot(ready({ readyAt: 300, healthy: true })), [healthyNews]],
    afresh: (now) => slot(ready({ readyAt: 300, healthSince: now })),
  },
  {
    option: { maxRunMs: 0 },
    from: slot(running()),
    since: 100,
    over: (now) => [slot(cancelling("ran-too-long", { since: now })), [ask("ran-too-long")]],
    afresh: (now) => slot(running({ ranSince: now })),
  },
];

for (const { option, from, since, over, afresh } of edges) {
  const [name = ""] = Object.keys(option);
  const title = Object.keys(option).join(" and ");
  const zero = { ...explicit, ...option };
  const one = { ...zero, [name]: 1 };
  early(`${title} 0: not before it begins`, from, since - 1, zero);
  for (const now of [since, since + 1, since + 99_999]) {
    row(`${title} 0: over at the first look, at ${now}`, from, [tick, now], ...over(now), zero);
  }
  early(`${title} 1: not at once`, from, since, one);
  row(`${title} 1: over after 1 ms`, from, [tick, since + 1], ...over(since + 1), one);
  row(`${title} 1: late`, from, [tick, since + 2], afresh(since + 2), [], one);
}
quiet("a clock that went back makes nothing due", slot(cancelling("pause")), tick, -END);

describe("the table, row by row", () => {
  it.each(rows)("$why", ({ state, event, now, after, commands, options = explicit }) => {
    const [got, said] = childSlot(options).step(state, event, now);
    expect(said).toStrictEqual(commands);
    if (after === null) expect(got).toBe(state);
    else expect(got).toStrictEqual(after);
  });

  it("has a row for every rule, in each of its statuses and for each thing that can occur", () => {
    const used = new Set<string>();
    for (const { state, event, now, options = explicit } of rows) {
      const settings = slotSettings(options);
      const rule = findRule(state, event, now, settings);
      const occurrence = occurrenceOf(state.phase, event, now, settings);
      if (rule) used.add(`${slotTable.indexOf(rule)} ${state.phase.status} ${occurrence}`);
    }
    const unused = slotTable.flatMap((rule, i) =>
      rule.from.flatMap((status) =>
        rule.on
          .filter((type) => !used.has(`${i} ${status} ${type}`))
          .map((type) => `${i}: ${status}, ${type}`),
      ),
    );
    expect(unused).toStrictEqual([]);
  });

  it("goes where the rule says", () => {
    for (const { state, event, now, after, options = explicit } of rows) {
      const rule = findRule(state, event, now, slotSettings(options));
      const expected = rule?.to === "same" ? state.phase.status : rule?.to;
      expect((after ?? state).phase.status).toBe(expected);
    }
  });
});

describe("impossible events", () => {
  const WHOLE = "a whole number from 0 to";
  const impossible: readonly (readonly [string, SlotState, unknown, string])[] = [
    ...[...up, cancelling("restart")].map(
      (phase) =>
        [
          `a launch while ${phase.status}`,
          slot(phase),
          launch,
          `it is ${phase.status}, active, open: true`,
        ] as const,
    ),
    [
      "a launch of a closed slot",
      slot(stopped, shut),
      launch,
      "it is stopped, active, open: false",
    ],
    [
      "a launch of a paused slot",
      slot(stopped, { intent: "paused" }),
      launch,
      "it is stopped, paused, open: true",
    ],
    [
      "a report of a generation that was never launched",
      slot(ready()),
      { type: "ready", generation: 4 },
      `generation must be ${WHOLE} 3, got 4`,
    ],
    [
      "an exit before the first launch",
      childSlot(explicit).initial(),
      { type: "exited", generation: 0, exit: failed },
      `generation must be ${WHOLE} -1, got 0`,
    ],
    [
      "a generation that is no number",
      slot(ready()),
      { type: "ready", generation: Number.NaN },
      `generation must be ${WHOLE} 3, got NaN`,
    ],
    [
      "the generation of an empty slot",
      childSlot(explicit).initial(),
      { type: "ready", generation: -1 },
      `generation must be ${WHOLE} -1, got -1`,
    ],
    [
      "a heartbeat without its time",
      slot(ready()),
      { type: "heartbeat", generation: 3, at: Number.NaN },
      "at must be a whole number from -9007199254740991 to 9007199254740991, got NaN",
    ],
    [
      "an exit of no known kind",
      slot(ready()),
      { type: "exited", generation: 3, exit: { kind: "exploded" } },
      `exit.kind must be one of completed, failed, signalled, out-of-memory, timed-out, cancelled, spawn-failed, unhealthy, abandoned, lost, got "exploded"`,
    ],
    [
      "a restart that nobody asks for",
      slot(ready()),
      { type: "restart", requester: "", reason: "new config" },
      'requester must be a text, not blank, got ""',
    ],
    [
      "a restart for no reason",
      slot(ready()),
      { type: "restart", requester: "ops", reason: " " },
      'reason must be a text, not blank, got " "',
    ],
    [
      "a restart for no reason, also of a closed slot",
      slot(stopped, shut),
      { type: "restart", requester: "ops" },
      "reason must be a text, not blank, got undefined",
    ],
    [
      "a verdict without a word",
      slot(ready()),
      { type: "unhealthy", generation: 3, reason: " " },
      'reason must be a text, not blank, got " "',
    ],
    [
      "a verdict of nobody",
      slot(ready()),
      { type: "unhealthy", reason: "probe-failed" },
      `generation must be ${WHOLE} 3, got undefined`,
    ],
    [
      "a limit below 0",
      slot(ready()),
      { type: "limit", view: { windowMs: 0, limit: -1, used: 0 } },
      `view.limit must be ${WHOLE} 9007199254740991, got -1`,
    ],
    [
      "a limit without a view",
      slot(ready()),
      { type: "limit" },
      "view must be an object, got undefined",
    ],
    [
      "an event of no known type",
      slot(ready()),
      { type: "explode" },
      "it is ready, active, open: true",
    ],
    [
      "a type that objects have",
      slot(stopped),
      { type: "toString" },
      "it is stopped, active, open: true",
    ],
    [
      "what only a tick can find",
      slot(cancelling("pause")),
      { type: "gracePeriodMs" },
      "it is cancelling, active, open: true",
    ],
  ];

  it.each(impossible)("%s", (_, state, event, why) => {
    const before = JSON.stringify(state);
    const error = thrownBy(() => childSlot(explicit).step(state, event as SlotEvent, 500));
    expect(isIllegalTransitionError(error) && error).toMatchObject({
      name: "IllegalTransitionError",
      code: "ERR_ILLEGAL_TRANSITION",
      status: state.phase.status,
      event: (event as SlotEvent).type,
      message: `worker: "${(event as SlotEvent).type}" is impossible: ${why}`,
    });
    expect(JSON.stringify(state)).toBe(before);
  });
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
