// One command of a test or of the matrix, run to its end in some folder.

import { spawn } from "node:child_process";

export interface Ended {
  /** Null where a signal ended it, a timeout included. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Where {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ended by force after so long. */
  readonly timeoutMs?: number;
}

/**
 * The environment without what pnpm tells its scripts: a package manager that is started from here is
 * nobody's child.
 */
function surroundings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key)));
}

export function command(name: string, args: readonly string[], where: Where): Promise<Ended> {
  const { cwd, env, timeoutMs = 120_000 } = where;
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      cwd,
      env: { ...surroundings(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** As `command`, but what does not end with code 0 is an error that shows what was said. */
export async function succeed(name: string, args: readonly string[], where: Where): Promise<Ended> {
  const ended = await command(name, args, where);
  if (ended.code === 0) return ended;
  const said = `${ended.stdout}\n${ended.stderr}`.trim();
  throw new Error(`${name} ${args.join(" ")} ended with ${ended.code}:\n${said}`);
}
