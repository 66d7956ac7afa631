import { readArguments } from "@steadfast/policy";
import { type TokioSlotOptions, type TokioSlotPreset, tokioSlot } from "./tokio-slot.js";

/**
 * Restarts as long as the slot of rust-tokio-supervisor 0.1.3 is not exhausted.
 *
 * Decides: a restart while fewer than `limit` failures are in the window, the present one included. The
 * delay is `initialDelayMs`, doubled with every attempt ever. Units: milliseconds. Defaults: 2^32-1 in
 * 60 s, 10 ms to 1 s, `transient`.
 * Edges: a failure exactly `windowMs` ago still counts; `limit` 0 is always exhausted; N failures are N
 * runs.
 * Known surprises: the source's own loop does not stop there (`tokioSlotLoop`). The delay never shrinks,
 * and an operator's launch makes it grow, too. The source's jitter is left out: it draws from a fixed
 * seed. Its tracker looks at its oldest failure only, which makes a difference where the clock goes
 * back; ours does not.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: rust-tokio-supervisor 0.1.3, `ChildSlot::update_restart_limit`, `RestartLimitTracker`.
 *
 * @since 0.1.0
 * @example
 * const child = cell(tokioSlotState({ limit: 1 }).policy, { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 });
 * child.send({ type: "launch", cause: "restart" });
 * // => { type: "refuse", reason: "window-full", retryAfterMs: 60_001 }
 */
export function tokioSlotState(options: TokioSlotOptions = {}): TokioSlotPreset {
  readArguments("tokioSlotState", arguments, 1);
  return tokioSlot("tokioSlotState", options);
}
