// What a command knows of the process that it runs in. Tests make one of their own.

import { type Output, outputOf } from "./output.js";

export interface World {
  /** What a command answers: for a pipe or a person. */
  readonly out: Output;
  /** What it says besides: errors, events. */
  readonly err: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly pid: number;
}

export function worldOf(process: NodeJS.Process): World {
  const { stdout, stderr, env, pid } = process;
  return {
    out: outputOf(stdout, env),
    err: outputOf(stderr, env),
    env,
    cwd: process.cwd(),
    pid,
  };
}
