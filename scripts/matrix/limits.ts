// What does not hold in some runtime, known and said in one line each. The matrix is red where something
// else does not hold, and also where one of these holds by now.

import type { ProgramName } from "../packed/programs.ts";

export interface Limit {
  /** The beginning of the runtime's name. */
  readonly runtime: string;
  readonly program: ProgramName;
  /** The one sentence of the launcher suite that does not hold. */
  readonly broken: string;
  /** For users. */
  readonly line: string;
}

const SPAWN_FAILED = "what the system refuses is an exit `spawn-failed`, not something thrown";

export const limits: readonly Limit[] = ["bun", "deno"].map((runtime) => ({
  runtime,
  program: "thread-suite",
  broken: SPAWN_FAILED,
  line: "worker-threads: a worker whose module does not exist exits `failed` here, not `spawn-failed`",
}));

/** What a runtime is not for, in one line; printed with the table. */
export const never: readonly string[] = [
  "chromium: processes, threads and signals need Node's modules; the cores, supervisor and promise-tasks do not",
  "jest (CommonJS): `import()` is not there, so the ESM and the CJS copy never meet",
  "jest: a signal to the process does not reach the `process` of its sandbox: `untilSignals` hears nothing",
  "Node below 20.16 and from 21 to 22.2, Windows and macOS are not looked at",
];
