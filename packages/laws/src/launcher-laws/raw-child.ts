// What a runtime gives an adapter: a child as spawn, a thread or a task has it, before anybody has made
// a `LiveChild` of it. The words are the least that all of them have.

import type { ChildSignal } from "@steadfast/supervisor";

/**
 * How a raw child ended, as its runtime tells it: a process with a code or by a signal, a thread or a
 * task with what it threw, a task with its value.
 * @since 0.1.0
 */
export type RawEnd =
  | {
      /** The exit code; 0 is well. */
      readonly code: number;
    }
  | {
      /** The name of the signal that ended it. */
      readonly signal: string;
    }
  | {
      /** What it threw. In a script a text, of which the runtime makes an Error. */
      readonly error: unknown;
    }
  | {
      /** What it returned. */
      readonly value: unknown;
    };

/**
 * What happens to a raw child. Nothing happens within the call that starts it.
 * @since 0.1.0
 */
export type RawEvent =
  /** It runs. Not reported for a child that the system refuses to start. */
  | { readonly type: "started" }
  | {
      /** Before `started`: the system refuses. After it: something beside the exit went wrong. */
      readonly type: "error";
      /** What the system says. */
      readonly error: unknown;
    }
  | {
      readonly type: "said";
      /** What the child says: encode it as your kind of child does. */
      readonly signal: ChildSignal;
    }
  | {
      readonly type: "exit";
      /** How it ended. */
      readonly end: RawEnd;
    };

/**
 * A child as a runtime gives it.
 * @since 0.1.0
 */
export interface RawChild {
  /** Its number, which no process of any system has; null for one that the system refuses by an event. */
  readonly pid: number | null;
  /**
   * Adds a listener and returns what removes it. Nothing is kept for who comes later. An `error` that
   * nobody listens to escapes, as that of an event emitter: it would end the host.
   */
  onEvent(listener: (event: RawEvent) => void): () => void;
  /** Asks it to end: a signal, a message, an abort. It may ignore that. */
  ask(reason: string): void;
  /** Ends it by force. */
  force(): void;
  /** Passes a message on. */
  send(message: unknown): void;
}

/**
 * What a raw child does; plain JSON. Times in whole milliseconds from what they follow, 0 in the next
 * turn; null is never.
 * @since 0.1.0
 */
export interface RawScript {
  /**
   * `runs`; or the system refuses: `throws` from the call, or `refuses` by an `error` event; or the
   * call was wrong (`misuse`), and a TypeError is thrown. Default `runs`.
   */
  readonly start?: "runs" | "throws" | "refuses" | "misuse";
  /** What it says, each so long after its start. Default: nothing. */
  readonly says?: readonly { readonly afterMs: number; readonly signal: ChildSignal }[];
  /** How long it runs by itself, at least 0. Default null. */
  readonly runMs?: number | null;
  /** How it then ends. Default `{ code: 0 }`. */
  readonly end?: RawEnd;
  /** How long it takes to obey when it is asked, at least 0; null ignores it. Default 0. */
  readonly stopMs?: number | null;
  /** How it then ends. Default `{ code: 0 }`. */
  readonly stopEnd?: RawEnd;
  /** How long it takes to die by force, at least 0; null never does. Default 0. */
  readonly killMs?: number | null;
  /** How it then ends. Default `{ signal: "SIGKILL" }`. */
  readonly killEnd?: RawEnd;
  /** What the runtime does besides, which it should not. Default: nothing. */
  readonly odd?: readonly Oddity[];
}

/**
 * What runtimes do at times: tell an exit twice, after a refusal as well, say something or an error
 * after the exit (late signals of a generation that is gone: messages `{ late: n }` of the n-th child),
 * or an error while the child runs.
 * @since 0.1.0
 */
export type Oddity =
  | "exits-twice"
  | "exits-after-refusal"
  | "speaks-after-exit"
  | "errs-after-exit"
  | "errs-while-running";
