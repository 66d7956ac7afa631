// What a command knows of the process that it runs in. Tests make one of their own.

import type { ReadStream, WriteStream } from "node:tty";
import { type Output, outputOf } from "./output.js";

export interface World {
  /** What a command answers: for a pipe or a person. */
  readonly out: Output;
  /** What it says besides: errors, events. */
  readonly err: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly pid: number;
  /** What is drawn on, and where keys come from; null where it is no terminal. */
  readonly screen: WriteStream | null;
  readonly keyboard: ReadStream | null;
}

export function worldOf(process: NodeJS.Process): World {
  const { stdin, stdout, stderr, env, pid } = process;
  const canDraw = stdout.isTTY && env.TERM !== "dumb" && !env.CI;
  return {
    out: outputOf(stdout, env),
    err: outputOf(stderr, env),
    env,
    cwd: process.cwd(),
    pid,
    screen: canDraw ? stdout : null,
    keyboard: stdin.isTTY ? stdin : null,
  };
}

/** The environment without what is not set. */
export function variables({ env }: World): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
