// A supervision is a span, each attempt a span below it, and what happens to either an event of it.

import { type EventListener, isGoodOutcome, type SupervisorEvent } from "@steadfast/supervisor";
import { type Attributes, type OpenTelemetryApi, SCOPE, type Span } from "./api.js";

const ERROR = 2;
const OF_SUPERVISION = ["delayed", "refused", "held", "reset", "intent", "fence"];
const UNTOLD = ["added", "removed", "stale", "lagged"];

interface Pair {
  readonly supervision: Span;
  attempt: Span | null;
}

/** Of what happened, what is short: numbers, flags and words, and of an exit how it was. */
function attributesOf(event: SupervisorEvent): Attributes {
  const { type } = event;
  if (type === "refused") {
    const { reason, retryAfterMs } = event;
    return { reason, final: retryAfterMs === null };
  }
  if (type === "delayed") return { delayMs: event.delayMs };
  if (type === "held" || type === "stopping" || type === "recycled")
    return { reason: event.reason };
  if (type !== "exited") return {};
  const { exit, failed, ordered, uptimeMs } = event;
  const { code, signal } = exit as { readonly code?: number; readonly signal?: string };
  return {
    kind: exit.kind,
    failed,
    ordered,
    uptimeMs,
    ...(code !== undefined && { "process.exit.code": code }),
    ...(signal !== undefined && { signal }),
  };
}

export function spanEvents({ trace, context }: OpenTelemetryApi): EventListener {
  const tracer = trace.getTracer(SCOPE);
  const open = new Map<string, Pair>();

  function begin(name: string, event: SupervisorEvent, more: Attributes, within: unknown): Span {
    const attributes = { "steadfast.child": event.id, ...more };
    const startTime = new Date(event.at);
    return tracer.startSpan(name, { startTime, attributes }, within as never);
  }

  function pairOf(event: SupervisorEvent): Pair {
    const pair = open.get(event.id) ?? {
      supervision: begin("supervision", event, {}, context.active()),
      attempt: null,
    };
    open.set(event.id, pair);
    return pair;
  }

  return (event) => {
    const { type, id, attempt } = event;
    if (UNTOLD.includes(type)) return;
    const at = new Date(event.at);
    const pair = pairOf(event);
    if (type === "launched") {
      const within = trace.setSpan(context.active() as never, pair.supervision as never);
      const pid = event.pid === undefined ? {} : { "process.pid": event.pid };
      const more = { "steadfast.attempt": attempt, "steadfast.cause": event.cause, ...pid };
      pair.attempt = begin("attempt", event, more, within);
    } else if (type === "ended") {
      if (!isGoodOutcome(event.outcome)) pair.supervision.setStatus({ code: ERROR });
      pair.attempt?.end(at);
      pair.supervision.end(at);
      open.delete(id);
    } else {
      const isOwn = OF_SUPERVISION.includes(type);
      const span = (isOwn ? null : pair.attempt) ?? pair.supervision;
      span.addEvent(type === "exited" ? "exit" : type, attributesOf(event), at);
      if (type !== "exited" || pair.attempt === null) return;
      if (event.failed) pair.attempt.setStatus({ code: ERROR });
      pair.attempt.end(at);
      pair.attempt = null;
    }
  };
}
