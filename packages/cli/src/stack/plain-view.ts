// A stack without a terminal: a line per event, and those of the children, each behind its name.

import { exitCode, untilSignals } from "@steadfast/supervisor/node";
import { eventLines, type LogFormat } from "../event-lines.js";
import { forwardSignals } from "../forward-signals.js";
import { hostSignals } from "../host-signals.js";
import type { World } from "../world.js";
import { Host } from "./host.js";
import type { Stack } from "./stack.js";

/** What runs beside a stack until it is over, such as the socket for a second terminal. */
export type Beside = (host: Host) => Promise<AsyncDisposable>;

/** Runs the stack to its end. Answers the exit code. */
export async function runPlain(
  stack: Stack,
  format: LogFormat,
  world: World,
  beside: Beside,
): Promise<number> {
  const { stop, handedOn } = hostSignals(world.err.isTerminal);
  using signal = untilSignals(stop);
  const onEvent = eventLines(format);
  const host = new Host(stack, { signal, onEvent, prefixed: true });
  using _forwarded = forwardSignals(handedOn, (name) => host.forward(name));
  try {
    await using _beside = await beside(host);
    return await codeOf(host);
  } finally {
    await host.tree.stop(); // where something beside it failed
  }
}

/** Settles when the stack is over: with the code of the child that failed first, if one did and all are done. */
export async function codeOf(host: Host): Promise<number> {
  const outcome = await host.tree.outcome;
  const { failed: lastExit } = host;
  if (!host.wasDone || lastExit === null) return exitCode(outcome);
  return exitCode({
    type: "refused",
    reason: "not-wanted",
    retryAfterMs: null,
    lastExit,
    attempts: 1,
  });
}
