// The child that is there, if one is: started, wired up, spoken to. Whatever it does or throws comes
// back as an event, fenced by its generation, and nothing is thrown into the driver.

import { eventFault } from "@steadfast/child-slot";
import { type Exit, errorRecord, type Millis } from "@steadfast/policy";
import type { Happening, Tag } from "@steadfast/supervision";
import { ContractError, isProgrammingError } from "./errors.js";
import type { CallbackName, SupervisorNews } from "./events.js";
import { guarded, isThenable } from "./guarded.js";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild, Prepared } from "./launcher.js";
import type { AnswerSignal, Requests } from "./request-layer.js";

/** Calls to a child that must not throw into the driver. */
export type ChildCall = Extract<
  CallbackName,
  "send" | "requestStop" | "kill" | "abandon" | "signal" | "discard"
>;

/** Who hears what comes from the child. */
export interface PortOwner {
  /** The attempt that it knows; null if it knows the child no more. */
  readonly tag: Tag | null;
  /** How many children are there. */
  alive: number;
  readonly settings: {
    /** Hears what the child sends that is not a report; null for nobody. */
    readonly onMessage: ((message: unknown) => unknown) | null;
    /** Whether an answered request counts as a use. */
    readonly countsUses: boolean;
  };
  /** The requests that were made of the child; null for none. */
  readonly pending: Requests | null;
  /** Something happened, or something is to be done in its turn. */
  act(event: Happening | (() => void)): void;
  /** Something happened that comes before whatever is waiting. */
  first(event: Happening): void;
  /** Passes a message on in its turn, if the child is still there then. */
  pass(isThere: () => boolean, take: () => unknown): void;
  tell(news: SupervisorNews, tag: Tag): void;
  /** The launcher was misused: retrying cannot help. */
  misused(error: unknown): void;
  /** A call to the child threw. */
  callbackFailed(call: CallbackName, error: unknown): void;
}

const NO_CHILD = "launch() must return a child with a promise `exited` and onSignal()";

export class ChildPort<Value> {
  /** The child that is there; null for none. */
  child: LiveChild<Value> | null = null;

  constructor(
    readonly launcher: Launcher<Value>,
    private readonly owner: PortOwner,
  ) {}

  /** Starts an attempt and begins to listen to it. What there is no child for is reported as its exit. */
  launch(info: LaunchInfo, prepared: Prepared | null): void {
    const { generation } = info;
    let child: LiveChild<Value>;
    try {
      child = prepared ? this.launcher.launch(info, prepared) : this.launcher.launch(info);
    } catch (error) {
      // What the system refuses is an ordinary exit, which the policy judges.
      const isMisuse = isProgrammingError(error);
      if (isMisuse) this.owner.misused(error);
      return this.#neverBegan(generation, error, isMisuse ? { error } : undefined);
    }
    if (!isChild(child)) {
      const error = new ContractError("launcher", NO_CHILD);
      return this.#neverBegan(generation, error, { error });
    }
    this.child = child;
    this.owner.alive += 1;
    this.#listen(child, generation);
    if (child.announces !== true) this.#tellLaunched(generation, child);
  }

  /** The child is there no more. */
  gone(): void {
    if (this.child) this.owner.alive -= 1;
    this.child = null;
  }

  /** Calls the child, if there is one. */
  call(name: ChildCall, run: (child: LiveChild<Value>) => unknown): void {
    const { child } = this;
    if (!child) return;
    guarded(
      () => run(child),
      (error) => this.owner.callbackFailed(name, error),
    );
  }

  #listen(child: LiveChild<Value>, generation: number): void {
    try {
      Promise.resolve(child.exited).then(
        (exit) => this.#settled(child, exit, generation),
        (error: unknown) => {
          this.#broken("`exited` must not reject", error);
          this.#ended(generation, { kind: "failed", error });
        },
      );
      child.onSignal((signal) => this.#hear(signal, generation));
    } catch (error) {
      this.#broken(NO_CHILD, error);
    }
  }

  #settled(child: LiveChild<Value>, exit: Exit, generation: number): void {
    const wrong = exitFault(exit, generation);
    if (wrong) this.#broken(`\`exited\` settled with something else than an exit: ${wrong}`);
    this.#ended(generation, wrong ? { kind: "failed" } : exit, this.#lingered(child));
  }

  #lingered(child: LiveChild<Value>): Millis {
    try {
      const ms = child.lingeredMs?.() ?? 0;
      if (Number.isFinite(ms) && ms >= 0) return Math.floor(ms);
      this.#broken(`lingeredMs() must answer milliseconds of at least 0, got ${ms}`);
    } catch (error) {
      this.#broken("lingeredMs() must not throw", error);
    }
    return 0;
  }

  #hear(signal: ChildSignal, generation: number): void {
    switch (signal?.type) {
      case "message":
        return this.#message(signal.message, generation);
      case "answer":
        return this.#answered(signal, generation);
      case "unreadable":
        return this.#unreadable(signal.error, generation);
      case "ready":
      case "not-ready":
        return this.owner.act({ type: signal.type, generation });
      case "heartbeat":
        // The slot dates a heartbeat when it takes it up: the instant it arrived.
        return this.owner.act({ type: "heartbeat", generation, at: Number.MAX_SAFE_INTEGER });
      case "disconnected":
        return this.#disconnected(generation);
      case "launched":
        return this.#tellLaunched(generation, signal);
      case "used":
        return this.#used(signal.uses ?? 1, generation);
      default:
        return this.#broken(
          "a signal must be ready, not-ready, heartbeat, disconnected, launched, used, answer, unreadable or message",
        );
    }
  }

  #isThere(generation: number): boolean {
    return this.child !== null && this.owner.tag?.generation === generation;
  }

  #message(message: unknown, generation: number): void {
    const { onMessage } = this.owner.settings;
    if (!onMessage) return;
    this.owner.pass(
      () => this.#isThere(generation),
      () => onMessage(message),
    );
  }

  /** For recycling, an answered request is a use. */
  #answered(answer: AnswerSignal, generation: number): void {
    const { pending, settings } = this.owner;
    if (pending?.answered(answer, generation) && settings.countsUses) this.#used(1, generation);
  }

  #unreadable(thrown: unknown, generation: number): void {
    const error = errorRecord(thrown);
    const tag = { attempt: generation + 1, generation };
    this.owner.act(() => this.owner.tell({ type: "unreadable", error }, tag));
  }

  #disconnected(generation: number): void {
    const { owner } = this;
    owner.act(() => {
      const { tag } = owner;
      if (tag && this.#isThere(generation)) owner.tell({ type: "disconnected" }, tag);
    });
  }

  #used(uses: number, generation: number): void {
    if (Number.isSafeInteger(uses) && uses >= 0) this.owner.act({ type: "used", generation, uses });
    else this.#broken("a signal `used` must have whole uses of at least 0");
  }

  #tellLaunched(
    generation: number,
    { pid, threadId, startTime }: Pick<LiveChild<Value>, "pid" | "threadId" | "startTime">,
  ): void {
    this.owner.first({
      type: "launched",
      generation,
      ...(pid === undefined ? {} : { pid }),
      ...(threadId === undefined ? {} : { threadId }),
      ...(startTime === undefined ? {} : { startTime }),
    });
  }

  #ended(generation: number, exit: Exit, lingeredMs = 0): void {
    const past = lingeredMs > 0 && { lingeredMs };
    this.owner.act({ type: "exited", generation, exit, ...past });
  }

  #neverBegan(generation: number, error: unknown, fault?: { readonly error: unknown }): void {
    const exit = { kind: "spawn-failed", error } as const;
    this.owner.act({ type: "exited", generation, exit, ...(fault && { fault }) });
  }

  #broken(what: string, cause?: unknown): void {
    this.owner.act({ type: "fault", error: new ContractError("launcher", what, cause) });
  }
}

function isChild(child: LiveChild | undefined): boolean {
  try {
    return isThenable(child?.exited);
  } catch {
    return false;
  }
}

/** What is wrong with what `exited` settled with, in words, or null. Never throws. */
function exitFault(exit: Exit, generation: number): string | null {
  try {
    const { stderrTail = [] } = exit;
    if (!stderrTail.every((line) => typeof line === "string")) return "stderrTail must be texts";
    return eventFault({ type: "exited", generation, exit });
  } catch {
    return "it cannot be read";
  }
}
