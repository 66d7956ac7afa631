// Runs a stack to its end: signals, journal, what is shown of it, and what runs beside it.

import type { EventListener } from "@steadfast/supervisor";
import { exitCode, untilSignals } from "@steadfast/supervisor/node";
import { forwardSignals } from "../forward-signals.js";
import { hostSignals } from "../host-signals.js";
import { serve } from "../socket/server.js";
import { Host, type HostOptions } from "./host.js";
import type { Stack } from "./stack.js";

/** What a person sees of it. */
export interface View {
  /** Whether lines of the children are written to this program's own streams. */
  readonly prefixed: boolean;
  readonly onEvent: EventListener;
  /** Says a line of this program itself. */
  say(line: string): void;
  /** Begins once the stack is there. */
  begin(host: Host): Disposable;
}

/** What runs beside it until it is over, such as what watches files. */
export type Beside = (host: Host) => Promise<AsyncDisposable>;

export interface Session {
  readonly view: View;
  readonly journal: { readonly write: HostOptions["journal"] };
  /** Where a second terminal finds it. */
  readonly socket: string;
  readonly beside: readonly Beside[];
  readonly hasTerminal: boolean;
}

/**
 * Answers the exit code.
 * @throws CliError before anything is started, if the stack runs already.
 */
export async function runStack(stack: Stack, session: Session): Promise<number> {
  const { view, journal, socket, hasTerminal } = session;
  const { stop, handedOn } = hostSignals(hasTerminal);
  using signal = untilSignals(stop);
  const running: { host: Host | null } = { host: null };
  await using _served = await serve(() => running.host, socket);
  const { onEvent, prefixed } = view;
  const host = new Host(stack, { signal, onEvent, prefixed, journal: journal.write });
  running.host = host;
  using _forwarded = forwardSignals(handedOn, (name) => host.forward(name));
  try {
    await using _beside = await begun(session.beside, host);
    using _shown = view.begin(host);
    return await codeOf(host);
  } finally {
    await host.tree.stop(); // where something beside it failed
  }
}

async function begun(beside: readonly Beside[], host: Host): Promise<AsyncDisposable> {
  const running: AsyncDisposable[] = [];
  for (const one of beside) running.push(await one(host));
  return {
    async [Symbol.asyncDispose]() {
      for (const one of running.reverse()) await one[Symbol.asyncDispose]();
    },
  };
}

/** With the code of the child that failed first, if one did and all are done. */
async function codeOf(host: Host): Promise<number> {
  const outcome = await host.tree.outcome;
  const { failed: lastExit } = host;
  if (!host.wasDone || lastExit === null) return exitCode(outcome);
  const why = { type: "refused", reason: "not-wanted", retryAfterMs: null, attempts: 1 } as const;
  return exitCode({ ...why, lastExit });
}
