// A stack that runs: its tree, the last lines of its children, what their policies remember, and the orders that a
// person may give, from the keys of the table or from a second terminal.

import type { EventListener, SupervisorEvent } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
import {
  superviseTree,
  type TreeChildStatus,
  type TreeHandle,
  type TreeJournalEntry,
} from "@steadfast/supervisor/tree";
import { type Ledger, ledger } from "../status/ledger.js";
import { rowOf, type TableRow } from "../status/table-row.js";
import { LogBook } from "./log-book.js";
import type { Stack } from "./stack.js";
import { treeOfStack } from "./tree-of-stack.js";

export interface HostOptions {
  readonly signal: AbortSignal;
  readonly onEvent: EventListener;
  /** Whether lines of the children are written to this program's own streams. */
  readonly prefixed: boolean;
  /** Takes every event of a policy with its decision, and what the policy remembered before. */
  readonly journal: (entry: TreeJournalEntry, before: unknown) => void;
}

export class Host {
  readonly logs = new LogBook();
  readonly ledger: Ledger;
  readonly tree: TreeHandle;
  /** What was said of each child last that explains how it stands. */
  readonly #said = new Map<string, string>();
  readonly #say: EventListener;
  #wasDone = false;

  constructor(
    readonly stack: Stack,
    { signal, onEvent, prefixed, journal }: HostOptions,
  ) {
    this.ledger = ledger((id) => this.tree.child(id).policy());
    this.#say = logEvents({ write: this.#remember, format: "json", everyMs: 0 });
    this.tree = superviseTree(treeOfStack(stack, this.logs.add, prefixed), {
      id: stack.name,
      signal,
      journal: (entry, before) => {
        this.ledger.note(entry, before);
        journal(entry, before);
      },
      onEvent: (event) => {
        this.#hear(event);
        onEvent(event);
      },
    });
  }

  /** The names of all children, in order. */
  get names(): readonly string[] {
    return this.tree.status().children.map(({ id }) => id);
  }

  rows(now = Date.now()): readonly TableRow[] {
    return this.tree
      .status()
      .children.map((child) =>
        rowOf(child, now, { budget: this.ledger.budget(child.id, now), why: this.why(child.id) }),
      );
  }

  /** How it ended last, and what its policy answered. */
  why(id: string): readonly string[] {
    const policy = this.ledger.why(id);
    const said = this.#said.get(id);
    return [...(said ? [`${said}.`] : []), ...(policy ? [policy] : [])];
  }

  /** Hands a signal on to every child that is there. */
  forward(signal: NodeJS.Signals): void {
    for (const id of this.names) this.tree.child(id).signal(signal);
  }

  /** Whether it ended because every child was done. */
  get wasDone(): boolean {
    return this.#wasDone;
  }

  /** How the first child ended that failed and was given up; null if all are well. */
  get failed(): TreeChildStatus["lastExit"] {
    const { children } = this.tree.status();
    const bad = children.find(({ lastExit }) => lastExit && lastExit.kind !== "completed");
    return bad?.lastExit ?? null;
  }

  readonly #hear = (event: SupervisorEvent): void => {
    if (event.type === "launched" || event.type === "exited") this.#said.delete(event.id);
    this.#say(event);
    // The first events come while the tree is still being made.
    if (event.type === "exited" || event.type === "refused") queueMicrotask(this.#endIfDone);
  };

  readonly #endIfDone = (): void => {
    const { children, up, outcome } = this.tree.status();
    if (!up || outcome || !children.every(({ done }) => done)) return;
    this.#wasDone = true;
    void this.tree.stop();
  };

  readonly #remember = (line: string): void => {
    const { id, event, message } = JSON.parse(line) as Record<string, string>;
    if (event === "exited" && id && message) this.#said.set(id, message);
  };
}
