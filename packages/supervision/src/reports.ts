// What is known of the child, or of what was prepared for one, taken up by a draft.

import { subdraw } from "@steadfast/policy";
import type { Report } from "./events.js";
import { recycle } from "./orders.js";
import type { Post } from "./post.js";
import { beginProbing, isInTime, type ProbeSettings, probed, type Verdict } from "./probing.js";
import { beginRecycling, spend } from "./recycling.js";
import { closeQuestion, wasForgiven } from "./remote.js";
import { instantAfter, isUp } from "./seat.js";
import { awaitStandby, loseStandby, standbyUp } from "./standbys.js";
import type { Seat, StandbyState } from "./state.js";

type Of<Type extends Report["type"]> = Extract<Report, { readonly type: Type }>;

export function takeReport(child: Post, report: Report): void {
  switch (report.type) {
    case "launched":
      return launched(child, report);
    case "ready":
    case "not-ready":
    case "heartbeat":
      return void child.move(report);
    case "exited":
      // Of a launcher that broke its contract nothing is asked any more: the fault comes first.
      if (report.fault) child.breaks(report.fault.error);
      child.lingeredMs = report.lingeredMs ?? 0;
      return void child.move({ type: "exited", generation: report.generation, exit: report.exit });
    case "probed":
      return answeredProbe(child, report);
    case "used":
      return used(child, report);
    case "standby-up":
      if (child.standby) child.standby = standbyUp(child.standby, report.standby);
      return;
    case "standby-lost":
      return standbyLost(child, report);
    case "decided":
      return decided(child, report);
  }
}

/** The attempt is there: only now is it told, and ready if it was launched ready. */
function launched(child: Post, report: Of<"launched">): void {
  const { generation, pid, threadId, startTime } = report;
  const { seat, slot, now, rules, event } = child;
  if (!seat || seat.launched || generation !== slot.generation) return;
  const { probe, recycle: limits } = rules.settings;
  child.seat = {
    ...seat,
    launched: true,
    pid: pid ?? null,
    threadId: threadId ?? null,
    ...(startTime === undefined ? {} : { startTime }),
    probe: probe && beginProbing(probe, now),
    recycle: limits && beginRecycling(limits, event.draw),
  };
  child.tell({
    type: "launched",
    cause: seat.cause,
    ...(pid === undefined ? {} : { pid }),
    ...(threadId === undefined ? {} : { threadId }),
  });
  if (child.reload) {
    child.reload = false;
    child.tell({ type: "send" });
  }
  if (slot.phase.status === "ready") child.ready();
}

/** The attempt that a report is about, if it is up and known to be there. */
function seatOf(child: Post, generation: number): Seat | null {
  return generation === child.slot.generation && isUp(child.slot) ? child.seat : null;
}

function answeredProbe(child: Post, { generation, probe: number, ok }: Of<"probed">): void {
  const seat = seatOf(child, generation);
  const { probe: settings } = child.rules.settings;
  if (!settings || !seat?.probe || seat.probe.probe !== number || seat.probe.askedAt === null)
    return;
  const counts = ok && isInTime(seat.probe, settings, child.now);
  const [probe, verdict] = probed(seat.probe, counts, settings);
  child.seat = { ...seat, probe };
  heedVerdict(child, settings.for, verdict);
}

/** What a probe, answered or not, means for the child. */
export function heedVerdict(child: Post, what: ProbeSettings["for"], verdict: Verdict): void {
  const { generation, phase } = child.slot;
  if (verdict === "well" && what !== "liveness") child.move({ type: "ready", generation });
  // A child that never was ready is judged by `readyTimeoutMs`.
  if (verdict !== "failed" || phase.status === "starting") return;
  if (what !== "readiness") child.move({ type: "unhealthy", generation, reason: "probe-failed" });
  else child.move({ type: "not-ready", generation });
}

function used(child: Post, { generation, uses }: Of<"used">): void {
  const seat = seatOf(child, generation);
  if (!seat?.recycle) return;
  const left = spend(seat.recycle, uses);
  if (left === seat.recycle) return;
  child.seat = { ...seat, recycle: left };
  if (left.uses === 0) recycle(child, "uses");
}

/** One that is gone by itself counts as an exit, and its replacement as a launch. */
function standbyLost(child: Post, { standby, exit }: Of<"standby-lost">): void {
  const found = child.standby && loseStandby(child.standby, standby);
  if (!found) return;
  const [rest, { since }] = found;
  child.standby = rest;
  const failed = child.judge(exit);
  if (child.fault) return;
  child.fact({ type: "exited", exit, failed, uptimeMs: Math.max(0, child.now - since) });
  if (!child.fault) replaceStandby(child, rest);
  const until = child.standby.wait?.until ?? null;
  child.tell({ type: "standby-lost", standby, exit, until });
}

/** Asks the policy whether, and when, there may be another standby. */
export function replaceStandby(child: Post, standby: StandbyState): void {
  const answer = child.ask("restart", subdraw(child.event.draw, "standby"));
  if (!answer) return;
  const since = child.now;
  const by = { cause: "restart", since } as const;
  if (answer.type === "launch") {
    const until = instantAfter(since, answer.delayMs);
    child.standby = awaitStandby(standby, { ...by, for: "delay", until, reason: null });
    return;
  }
  const { reason, retryAfterMs } = answer;
  const isFinal = retryAfterMs === null || child.rules.settings.onNotYet === "end";
  const until = instantAfter(since, retryAfterMs ?? 0);
  const wait = isFinal ? null : ({ ...by, for: "not-yet", until, reason } as const);
  child.standby = awaitStandby(standby, wait);
}

function decided(child: Post, { ask, decision }: Of<"decided">): void {
  const asking = child.remote?.asking;
  if (!child.remote || asking?.ask !== ask) return child.tell({ type: "stale", report: "decided" });
  child.remote = closeQuestion(child.remote, asking);
  const { cause, draw, wall, lingeredMs = 0 } = asking;
  child.lingeredMs = lingeredMs;
  child.answered({ type: "launch", cause, draw, wall }, decision);
  if (!child.fault && wasForgiven(child.remote)) child.askAgain();
}
