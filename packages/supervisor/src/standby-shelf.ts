// The standbys that are there, live. How many there are to be is the supervision's.

import type { Exit } from "@steadfast/policy";
import type { Happening } from "@steadfast/supervision";
import { ContractError } from "./errors.js";
import type { CallbackName } from "./events.js";
import { isThenable } from "./guarded.js";
import type { Launcher, Prepared } from "./launcher.js";

export interface ShelfOwner {
  act(event: Happening): void;
  callbackFailed(call: CallbackName, error: unknown): void;
  /** It is not over before this has settled. */
  awaits(gone: Promise<unknown>): void;
}

export class StandbyShelf {
  readonly #standbys = new Map<number, Prepared>();

  constructor(
    private readonly id: string,
    private readonly launcher: Launcher,
    private readonly owner: ShelfOwner,
  ) {}

  prepare(standby: number): void {
    const lost = (exit: Exit) => {
      if (this.#standbys.delete(standby)) this.owner.act({ type: "standby-lost", standby, exit });
    };
    const failed = (error: unknown) => lost({ kind: "spawn-failed", error });
    try {
      const prepared = this.launcher.prepare?.({ id: this.id, standby });
      if (!prepared) throw new ContractError("launcher", "prepare() must return a standby");
      this.#standbys.set(standby, prepared);
      const up = () => this.owner.act({ type: "standby-up", standby });
      Promise.resolve(prepared.up).then(up, failed);
      Promise.resolve(prepared.gone).then(lost, failed);
    } catch (error) {
      this.owner.callbackFailed("prepare", error);
      this.owner.act({
        type: "standby-lost",
        standby,
        exit: { kind: "spawn-failed", error },
      });
      this.#standbys.delete(standby);
    }
  }

  /** The standby of this number is used up. */
  take(standby: number | null): Prepared | null {
    if (standby === null) return null;
    const prepared = this.#standbys.get(standby) ?? null;
    this.#standbys.delete(standby);
    return prepared;
  }

  discard(standby: number): void {
    const prepared = this.take(standby);
    if (!prepared) return;
    try {
      const gone = prepared.discard();
      if (!isThenable(gone)) return;
      const failed = (error: unknown) => this.owner.callbackFailed("discard", error);
      this.owner.awaits(Promise.resolve(gone).catch(failed));
    } catch (error) {
      this.owner.callbackFailed("discard", error);
    }
  }
}
