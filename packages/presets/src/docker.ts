// Docker's restart policies, for one container.
//
// - The n-th restart in a row waits 100 ms * 2^(n-1), at most 60 s. A run of at least 10 s sets the delay
//   back, whatever its end.
// - on-failure:N allows N restarts, ever: the run that sets the delay back leaves the count. With `fixed`
//   it sets the count back, too.
// - A container that cannot be started again is left alone. An operator's start sets both back.

import { backoff } from "@steadfast/backoff";
import {
  allOf,
  giveUpOn,
  isFailure,
  lifetimeCap,
  type RestartType,
  readArguments,
  readOptions,
  restartOn,
} from "@steadfast/policy";
import { flag } from "./flag.js";
import { forgiving } from "./forgiving.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * What `docker run --restart` takes.
 * @since 0.1.0
 */
export type DockerRestart =
  | "no"
  | "always"
  | "unless-stopped"
  | "on-failure"
  | `on-failure:${number}`;

/**
 * The options of a container that decide about its restarts.
 * @since 0.1.0
 */
export interface DockerOptions {
  /**
   * Which exits are restarted, as `--restart` takes it: `on-failure:5` is at most 5 restarts, from 0
   * (unlimited) to 2^53-1. Default `no`.
   */
  readonly restart?: DockerRestart;
  /** Whether a run of 10 s sets the count of `on-failure:N` back, too. Default false, as in Docker. */
  readonly fixed?: boolean;
}

const FIRST_MS = 100;
const LONGEST_MS = 60_000;
const STABLE_MS = 10_000;
const UNLIMITED = Number.MAX_SAFE_INTEGER;
const TYPES: { readonly [word: string]: RestartType } = {
  no: "temporary",
  always: "permanent",
  "unless-stopped": "permanent",
  "on-failure": "transient",
};
const ALLOWED = "no, always, unless-stopped, on-failure or on-failure:N";

/** The restart type and the most restarts; null for what `--restart` would not take. */
function read(restart: unknown): readonly [RestartType, number] | null {
  const [, word = "", count] = /^([a-z-]+)(?::(\d+))?$/.exec(String(restart)) ?? [];
  const type = TYPES[word];
  const most = Number(count ?? 0);
  if (type === undefined || !Number.isSafeInteger(most)) return null;
  if (count !== undefined && word !== "on-failure") return null;
  return [type, most || UNLIMITED];
}

/**
 * Restarts as Docker's `--restart` does: after 100 ms, and twice as long each time, up to a minute.
 *
 * Decides: an exit that `restart` does not want is refused for good with `not-wanted`; a container that
 * cannot be started again with `given-up`; with `on-failure:N` the restart after the N-th with
 * `cap-reached`; else it launches after the delay, which runs from the exit. Units: milliseconds.
 * Default: `no`, as in Docker. Edges: a run of exactly 10 s sets the delay back, so that the next wait is
 * 100 ms; N restarts are N + 1 runs; `on-failure:0` is unlimited.
 * Effect on state: an admitted restart is counted, whatever the exit before it. An operator's launch is
 * asked, in order to set everything back. Errors: `PolicyOptionsError` for bad options.
 * Source: moby (commit 2454e42e3fda), `restartmanager/restartmanager.go`, `daemon/monitor.go`,
 * `daemon/start.go`, `container/container.go` (`ResetRestartManager`).
 *
 * Known surprises: the count of `on-failure:N` is never set back by itself, so that the N-th crash in a
 * year is the last (`fixed: true` forgives after 10 s of running); a container that runs for 10 s is
 * restarted forever with 100 ms between. `unless-stopped` differs from `always` only after the daemon
 * itself was restarted, which is not decided here.
 *
 * @since 0.1.0
 * @example
 * const { policy } = docker({ restart: "on-failure:1" });
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 86_400_000 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 0)[0], restart, 0);
 * first; // => { type: "launch", delayMs: 100 }
 * policy.step(policy.step(once, crash, 9)[0], restart, 9)[1];
 * // => { type: "refuse", reason: "cap-reached", retryAfterMs: null }
 */
export function docker(options: DockerOptions = {}): Preset {
  readArguments("docker", arguments, 1);
  const given = readOptions("docker", options);
  const isRestart = (value: unknown) => typeof value === "string" && read(value) !== null;
  const restart: DockerRestart = given.checked("restart", ALLOWED, isRestart, "no");
  const fixed = flag(given, "fixed");
  given.end();

  const [type, restarts] = read(restart) ?? ["temporary", UNLIMITED];
  const composed = allOf(
    restartOn(type),
    giveUpOn((exit) => exit.kind === "spawn-failed"),
    forgiving(lifetimeCap({ restarts }), { afterMs: fixed ? STABLE_MS : null }),
    forgiving(
      backoff({ initialMs: FIRST_MS, capMs: LONGEST_MS, jitter: "none", counts: "restarts" }),
      { afterMs: STABLE_MS },
    ),
  );
  return {
    policy: named("docker", { restart, fixed }, forgiving(composed, { byOperator: true }), {
      capMs: LONGEST_MS,
    }),
    isFailure,
    onNotYet: "end",
    operatorLaunches: "ask",
    gracePeriodMs: 10_000,
  };
}
