import { readArguments } from "@steadfast/policy";
import { type TokioSlotOptions, type TokioSlotPreset, tokioSlot } from "./tokio-slot.js";

/**
 * Restarts as the control loop of rust-tokio-supervisor 0.1.3 does, the other guards of its pipeline
 * apart.
 *
 * Decides: a restart while not more than `limit` failures are in the window, the present one included:
 * one more than `tokioSlotState`. Delay, units and defaults: as there, but that `limit` is at least 1,
 * which the source's configuration asks for.
 * Edges: a failure exactly `windowMs` ago still counts; N failures are N + 1 runs.
 * Known surprises: with the last restart the slot's record says exhausted already. A failure that was
 * refused stays counted.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: rust-tokio-supervisor 0.1.3, `control_loop`, `restart_limit.used > restart_limit.limit`.
 *
 * @since 0.1.0
 * @example
 * const child = cell(tokioSlotLoop({ limit: 1 }).policy, { clock: () => 0, random: () => 0 });
 * const crash = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 10 }
 * child.send(crash);
 * child.send({ type: "launch", cause: "restart" }).type; // => "refuse"
 */
export function tokioSlotLoop(options: TokioSlotOptions = {}): TokioSlotPreset {
  readArguments("tokioSlotLoop", arguments, 1);
  return tokioSlot("tokioSlotLoop", options);
}
