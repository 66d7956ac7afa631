// The kubelet's crash loop, for one container. (Which exits it is about: container-restart.ts.)
//
// - The first restart is immediate; then the delays are initial, twice that, and so on to the maximum,
//   each from the exit. Every restart counts, also after a clean exit.
// - A maximum below the initial delay lowers that, too, as on a node with `maxContainerRestartPeriod`; not
//   one that was given.
// - A run of more than `resetAfterMs`, from its restart to its exit, sets it back: that restart is
//   immediate again.

import { backoff, exponential } from "@steadfast/backoff";
import { allOf, isFailure, type Millis, readArguments, readOptions } from "@steadfast/policy";
import { type ContainerRestartOptions, containerRestart } from "./container-restart.js";
import { forgiving } from "./forgiving.js";
import { named } from "./named.js";
import type { Preset } from "./preset.js";

/**
 * What the kubelet's crash loop is made of.
 * @since 0.1.0
 */
export interface KubernetesOptions extends ContainerRestartOptions {
  /** The delay before the second restart, from 0 to 2^53-1 ms. Default 10 000, or `maxMs` if that is less. */
  readonly initialMs?: number;
  /** The longest delay, from 0 to 2^53-1 ms. Default 300 000. */
  readonly maxMs?: number;
  /** A run longer than this sets the delay back, whole, from 0 to 2^53-2 ms. Default 600 000. */
  readonly resetAfterMs?: Millis;
}

const INITIAL_MS = 10_000;

/**
 * Restarts as the kubelet does: the first time at once, then with a delay that doubles up to five
 * minutes (CrashLoopBackOff).
 *
 * Decides: a restart launches after the delay at its place, from the exit;
 * what the container's rules and policy, or its pod's, do not want is refused for good with
 * `not-wanted`; nothing else is refused, ever. A restart by a rule waits like any other.
 * Units: milliseconds. Defaults: those of the kubelet: 0 s, then 10 s to 300 s, set back after 600 s. With
 * KEP-4603's reduced decay: `{ initialMs: 1_000, maxMs: 60_000 }`; with a `maxContainerRestartPeriod` of 2 s
 * on the node: `{ maxMs: 2_000 }`, every delay is 2 s.
 * Edges: a run of exactly `resetAfterMs` does not set it back, one of a millisecond more does; an `initialMs`
 * that is given, and above `maxMs`, is not capped the first time. Of the rules the first that matches holds;
 * a signal is exit code 128 and its number, as in a container (SIGKILL 137).
 * Effect on state: an admitted restart is counted. Health changes nothing: only the length of a run does.
 * Errors: `PolicyOptionsError` for bad options.
 * Source: Kubernetes since 1.32, `pkg/kubelet/kuberuntime/kuberuntime_manager.go` (`doBackOff`),
 * `pkg/kubelet/kubelet.go` (`newCrashLoopBackOff`), client-go `util/flowcontrol/backoff.go` (commit
 * 32ce75a7d6bc); the rules: KEP-5307, alpha in 1.34, beta in 1.35, `pkg/api/v1/pod/util.go`
 * (`ContainerShouldRestart`). Its action `RestartAllContainers` is about the pod, and left out.
 *
 * Known surprises: a container that completes is delayed like one that crashes; one that runs for nine
 * minutes and crashes is restarted five minutes late forever; there is no limit; the kubelet looks only
 * once in a while, so that its real delays are longer than these.
 *
 * @since 0.1.0
 * @example
 * const { policy } = kubernetes();
 * const exit = { kind: "failed", code: 1 } as const;
 * const crash = { type: "exited", exit, failed: true, uptimeMs: 5 } as const;
 * const restart = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
 * const [once, first] = policy.step(policy.step(policy.initial(), crash, 5)[0], restart, 5);
 * first; // => { type: "launch", delayMs: 0 }
 * policy.step(policy.step(once, crash, 10)[0], restart, 10)[1]; // => { type: "launch", delayMs: 10_000 }
 */
export function kubernetes(options: KubernetesOptions = {}): Preset {
  readArguments("kubernetes", arguments, 1);
  const read = readOptions("kubernetes", options);
  const max = Number.MAX_SAFE_INTEGER;
  const wanted = containerRestart(read);
  const maxMs = read.finite("maxMs", { max, default: 300_000 });
  const initialMs = read.finite("initialMs", { max, default: Math.min(INITIAL_MS, maxMs) });
  const resetAfterMs = read.whole("resetAfterMs", { max: max - 1, default: 600_000 });
  read.end();

  const curve = exponential({ initialMs, factor: 2, capMs: maxMs, capFirst: false });
  const delay = backoff({ curve, jitter: "none", counts: "restarts", firstRestart: "immediate" });
  const crashLoop = forgiving(delay, { afterMs: resetAfterMs + 1 });
  return {
    policy: named(
      "kubernetes",
      { ...wanted.options, initialMs, maxMs, resetAfterMs },
      allOf(wanted.policy, crashLoop),
      { capMs: Math.ceil(curve.describe.longestMs) },
    ),
    isFailure,
    onNotYet: "wait",
    operatorLaunches: "free",
    gracePeriodMs: 30_000,
  };
}
