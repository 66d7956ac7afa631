// A program of its own is the only place where one can see that a host is left alone: it ends by
// itself, and Node has nothing to say on its stderr.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "vitest";
import { program } from "./paths.js";

const STRICT = ["--unhandled-rejections=strict", "--trace-warnings"];

/** Runs a program of `hosts/` to its end; what it printed, as JSON. */
export async function runHost(name: string, ...args: readonly string[]): Promise<unknown> {
  const all = [...STRICT, program(`hosts/${name}`), ...args];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, all);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}
