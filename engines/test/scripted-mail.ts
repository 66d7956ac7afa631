// One supervision that has most of what may happen: a crash, a child that cannot be started, a signal, health, the end.

import { backoff } from "@steadfast/backoff";
import { inTurn, lifetimeCap } from "@steadfast/policy";
import { type EventListener, supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";

const script = [
  { runMs: 400, exit: { kind: "failed", code: 3 } },
  { cannotStart: Object.assign(new Error("spawn mail ENOENT"), { code: "ENOENT" }) },
  { runMs: 60_000, exit: { kind: "signalled", signal: "SIGSEGV" } },
  { throws: new Error("no memory") },
] as const;

/** Plays it to its end on virtual time, or until an instant. */
export async function scriptedMail(onEvent: EventListener, untilMs = 120_000, id = "mail") {
  const system = manualSystem();
  const delays = backoff({ initialMs: 2_000, factor: 1, jitter: "none" });
  const policy = inTurn(delays, lifetimeCap({ restarts: 3 }));
  const mail = supervise(scriptedLauncher(system, script), { id, policy, onEvent }, system);
  await system.advance(untilMs);
  return mail;
}
