// VS Code's language client, for its server.
//
// - Every end of the connection counts, a clean exit, too. Up to `maxRestartCount` of them restart, at once.
// - One more, no later than three minutes after the first of these, ends it; later, the oldest is forgotten, and
//   it restarts.
// - A server that cannot be started is given up.

import { allOf, giveUp, giveUpOn, readArguments, readOptions, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * `connectionOptions` of a language client, as far as they decide about restarts.
 * @since 0.1.0
 */
export interface VscodeLanguageClientOptions {
  /** How many crashes in three minutes are restarted, whole, from 0 (none) to 2^53-2. Default 4. */
  readonly maxRestartCount?: number;
}

const WINDOW_MS = 180_000;

/**
 * Restarts as the language client of VS Code does: at once, and not a fifth time in three minutes.
 *
 * Decides: a restart launches at once while no more than `maxRestartCount` crashes, this one included, are in the
 * last three minutes; else it is refused for good with `window-full`; a server that could not be started with
 * `given-up`. Units: milliseconds. Default: that of the client, 4.
 * Edges: crashes exactly three minutes apart count together; `maxRestartCount` N is N + 1 crashes, and 0 one.
 * Effect on state: a crash is counted, and so is a clean exit. An operator's launch is free. Health changes nothing.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: vscode-languageclient 10.1.0 (commit 0da5527ddf79), `client/src/common/client.ts`
 * (`DefaultErrorHandler.closed`, `handleConnectionClosed`).
 *
 * Known surprises: there is no delay, so that a server that cannot work is given up within a second; one that
 * crashes every 46 s restarts forever.
 *
 * @since 0.1.0
 * @example
 * const { policy } = vscodeLanguageClient({ maxRestartCount: 1 });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 0 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 0 }
 * policy.step(policy.step(once, crash, 180_000)[0], restart, 180_000)[1];
 * // => { type: "refuse", reason: "window-full", retryAfterMs: null }
 * policy.step(policy.step(once, crash, 180_001)[0], restart, 180_001)[1]; // => { type: "launch", delayMs: 0 }
 */
export function vscodeLanguageClient(options: VscodeLanguageClientOptions = {}): Preset {
  readArguments("vscodeLanguageClient", arguments, 1);
  const read = readOptions("vscodeLanguageClient", options);
  const max = Number.MAX_SAFE_INTEGER - 1;
  const maxRestartCount = read.whole("maxRestartCount", { max, default: 4 });
  read.end();
  const crashes = slidingWindow({
    limit: maxRestartCount + 1,
    windowMs: WINDOW_MS,
    edge: "closed",
    counts: "failures",
  });
  return {
    policy: named(
      "vscodeLanguageClient",
      { maxRestartCount },
      allOf(
        restartOn("permanent"),
        giveUpOn((exit) => exit.kind === "spawn-failed"),
        giveUp(crashes),
      ),
      { capMs: 0 },
    ),
    isFailure: (exit) => exit.kind !== "lost",
    onNotYet: "end",
    operatorLaunches: "free",
  };
}
