// One request of a pool: what is asked, and the promise of its answer.

import type { Job } from "./dispatch-types.js";
import type { InLine } from "./line.js";
import type { RunSettings } from "./settings.js";

export class Ask implements Job {
  state: Job["state"] = "new";
  slot = -1;
  generation = -1;
  until: Job["until"] = null;
  before: InLine | null = null;
  after: InLine | null = null;
  resends: number;
  readonly order: number;
  readonly priority: number;
  readonly transferList: readonly unknown[];
  /** When it was asked, and given to a thread. */
  givenAt = 0;
  /** Leaves the signal and the alarm; null where it has neither. */
  leave: (() => void) | null = null;
  /** Why it is withdrawn. */
  why: unknown = null;

  constructor(
    readonly id: number,
    readonly message: unknown,
    { priority, resends, transferList }: RunSettings,
    readonly askedAt: number,
    readonly resolve: (answer: unknown) => void,
    private readonly fail: (error: unknown) => void,
  ) {
    this.order = id;
    this.priority = priority;
    this.resends = resends;
    this.transferList = transferList;
  }

  reject(error: unknown): void {
    this.leave?.();
    this.fail(error);
  }

  answer(value: unknown): void {
    this.leave?.();
    this.resolve(value);
  }
}
