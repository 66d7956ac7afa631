// What `handle.request` needs of a launcher: the layer that keeps its requests. Types only: the layer itself
// is in `/requests`, and comes with the launchers whose children can be asked.

import type { Exit, Millis } from "@steadfast/policy";

/**
 * How one request is made.
 * @since 0.1.0
 */
export interface RequestOptions {
  /** Withdraws the request: it rejects with the signal's reason, and the child hears of it. Default: none does. */
  readonly signal?: AbortSignal;
  /**
   * Whole, from 1, in milliseconds: how long to wait for the answer, from the call, whatever it waits for.
   * Default: as long as it takes.
   */
  readonly timeoutMs?: Millis;
  /** What is handed over to the child instead of copied. Not together with `resends`. Default: nothing is. */
  readonly transferList?: readonly unknown[];
  /**
   * How often it is sent again, to the next attempt, after one ended without an answer: only for what may
   * be done twice. Whole, from 0 to 2^32. Default 0: it rejects.
   */
  readonly resends?: number;
  /**
   * How many may wait while no child is ready: this one is refused if that many wait already. 0: it is refused
   * unless a child is ready now. Whole, at least 0. Default 1 000.
   */
  readonly maxWaiting?: number;
}

/**
 * A request to a child.
 * @since 0.1.0
 */
export interface ChildRequest {
  /** Its number, for the answer: never used twice in one supervision. */
  readonly id: number;
  /** What is asked. */
  readonly message: unknown;
  /** What is handed over instead of copied. */
  readonly transferList: readonly unknown[];
}

/**
 * What a child said to a request: a value, or what its handler threw.
 * @since 0.1.0
 */
export type AnswerSignal =
  | {
      readonly type: "answer";
      /** The number of the request. */
      readonly id: number;
      /** What it answers. */
      readonly value: unknown;
    }
  | {
      readonly type: "answer";
      /** The number of the request. */
      readonly id: number;
      /** What its handler threw. */
      readonly error: unknown;
    };

/**
 * A child that can be asked.
 * @since 0.1.0
 */
export interface AskedChild {
  /** The attempt that it is. */
  readonly attempt: number;
  /** The generation that it is. */
  readonly generation: number;
  /** The child itself: `ask` answers false if nobody can hear it, and throws what cannot be sent. */
  readonly child: {
    ask?(request: ChildRequest): unknown;
    unask?(id: number): void;
  };
}

/**
 * The supervision that requests are made of.
 * @since 0.1.0
 */
export interface RequestDesk {
  /** The child that is ready to be asked now. */
  readonly asked: AskedChild | null;
  /** Whether nobody will answer any more: it is over, or held. */
  readonly isOver: boolean;
  /** How the last attempt ended. */
  readonly lastExit: Exit | null;
  /** Its time. `set` calls back at that instant, and returns what cancels it. */
  readonly alarm: {
    now(): Millis;
    set(at: Millis, ring: () => void): () => void;
  };
}

/**
 * The requests of one supervision.
 * @since 0.1.0
 */
export interface Requests {
  /** Asks; rejects where there is no answer. */
  request(message: unknown, options: RequestOptions | undefined): Promise<unknown>;
  /** An answer came. False for one that nobody waits for. */
  answered(signal: AnswerSignal, generation: number): boolean;
  /** An attempt is over. */
  exited(generation: number, attempt: number, exit: Exit): void;
  /** After whatever happened: gives out what waits, or gives up. */
  look(): void;
}

/**
 * Keeps the requests of one supervision: `requestLayer` of `@steadfast/supervisor/requests`.
 * @since 0.1.0
 */
export type RequestLayer = (desk: RequestDesk) => Requests;
