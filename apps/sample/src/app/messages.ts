// What the parts of the stack say to each other.

/** From the server process: where it serves. */
export interface Serving {
  readonly type: "serving";
  readonly port: number;
}

/** To a worker. */
export type Order =
  | { readonly type: "count"; readonly job: number; readonly text: string }
  | { readonly type: "strike"; readonly how: WorkerStrike };

/** From a worker. */
export interface Counted {
  readonly type: "counted";
  readonly job: number;
  readonly words: number;
}

/** The ways in which chaos ends a worker. */
export type WorkerStrike = "throw" | "exit" | "run out of memory" | "hang";
