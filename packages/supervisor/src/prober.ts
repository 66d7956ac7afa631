// Looks at a child by the user's function, and says what came of it. When to look and what it means is
// the supervision's.

import type { Happening } from "@steadfast/supervision";
import type { Alarm } from "./alarm-clock.js";
import { callAsync } from "./call-async.js";
import type { LaunchInfo } from "./launcher.js";

/**
 * Looks at a child from outside: true if it is well. One that throws or rejects, or that has not
 * answered after `timeoutMs`, did not find it well. `signal` is aborted when the answer is not wanted
 * any more.
 * @since 0.1.0
 */
export type ProbeCheck = (info: ProbeInfo, signal: AbortSignal) => boolean | PromiseLike<boolean>;

/**
 * Which attempt is to be looked at.
 * @since 0.1.0
 */
export interface ProbeInfo extends Pick<LaunchInfo, "id" | "attempt" | "generation"> {
  /** The process id, where there is one. */
  readonly pid: number | null;
}

export interface ProbeOwner {
  act(event: Happening): void;
}

export class Prober {
  #close: (() => void) | null = null;

  constructor(
    private readonly check: ProbeCheck,
    private readonly alarm: Alarm,
    private readonly owner: ProbeOwner,
  ) {}

  look(info: ProbeInfo, probe: number, timeoutMs: number): void {
    this.stop();
    const controller = new AbortController();
    const cancel = this.alarm.set(this.alarm.now() + timeoutMs, () => controller.abort());
    const close = () => {
      cancel();
      controller.abort();
    };
    this.#close = close;
    const { generation } = info;
    const answer = (ok: boolean) => {
      cancel();
      if (this.#close === close) this.#close = null;
      this.owner.act({ type: "probed", generation, probe, ok });
    };
    callAsync(() => this.check(info, controller.signal)).then(
      (ok) => answer(ok === true),
      () => answer(false),
    );
  }

  /** The answer is not wanted any more. */
  stop(): void {
    this.#close?.();
    this.#close = null;
  }
}
