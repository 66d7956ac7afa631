// A program to its end: the lines that it prints, and how it ended. One that runs until somebody stops it is stopped when it
// has said enough.

import { spawn } from "node:child_process";

export interface Run {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Once this is so of the lines so far, it gets SIGINT. */
  readonly until?: (lines: readonly string[]) => boolean;
}

export interface Ran {
  readonly lines: readonly string[];
  /** What it said on standard error. */
  readonly errors: string;
  readonly code: number | null;
}

/** After this long it gets SIGINT, whatever it said: so that it stops what it has started. */
const PATIENCE_MS = 40_000;

const linesIn = (text: string) => text.split("\n").filter((line) => line !== "");

export function ran(command: string, args: readonly string[], run: Run): Promise<Ran> {
  const { cwd, env, until } = run;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    let errors = "";
    let isAsked = false;
    const ask = () => {
      if (!isAsked) child.kill("SIGINT");
      isAsked = true;
    };
    const late = setTimeout(ask, PATIENCE_MS);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (until?.(linesIn(said))) ask();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(late);
      resolve({ lines: linesIn(said), errors, code });
    });
  });
}

export const node = (file: string, cwd: string): Promise<Ran> =>
  ran(process.execPath, [file], { cwd });
