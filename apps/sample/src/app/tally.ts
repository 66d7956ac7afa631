// What became of each child: counted from its events.

import type { ExitRecord } from "@steadfast/policy";
import type { SupervisorEvent } from "@steadfast/supervisor";

export interface ChildTally {
  attempts: number;
  refusals: number;
  /** How often it ended for which cause. */
  readonly causes: Map<string, number>;
}

export class Tally {
  readonly #children = new Map<string, ChildTally>();

  of(id: string): ChildTally {
    let child = this.#children.get(id);
    if (!child) {
      child = { attempts: 0, refusals: 0, causes: new Map() };
      this.#children.set(id, child);
    }
    return child;
  }

  readonly onEvent = (event: SupervisorEvent): void => {
    const child = this.of(event.id);
    if (event.type === "launched") child.attempts++;
    if (event.type === "refused" && event.reason !== "not-wanted") child.refusals++;
    if (event.type !== "exited" || event.ordered) return;
    const cause = causeOf(event.exit);
    child.causes.set(cause, (child.causes.get(cause) ?? 0) + 1);
  };
}

/** An exit in a few words. */
export function causeOf(exit: ExitRecord): string {
  switch (exit.kind) {
    case "failed":
      return exit.error === undefined ? `exit code ${exit.code}` : "threw";
    case "signalled":
      return exit.signal;
    case "unhealthy":
      return "hung";
    case "timed-out":
      return "not ready in time";
    default:
      return exit.kind.replaceAll("-", " ");
  }
}
