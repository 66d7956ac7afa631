// Runs one command as part of a script and answers its exit code. What it writes is shown at once, or handed on.
//
// Ctrl-C reaches the command by itself (the terminal tells the whole group), so here it is only
// remembered: the script ends when the command has. A SIGTERM is meant for the script alone and is
// passed on.

import { spawn } from "node:child_process";

/** What a shell answers for a command that a signal ended; 143 - 128 = 15 is SIGTERM. */
const SIGNAL_EXIT: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGKILL: 137,
  SIGTERM: 143,
};

let interrupted: number | null = null;

/** The exit code for a script that a signal asked to end, null if none did. */
export function interruption(): number | null {
  return interrupted;
}

export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = process.cwd(),
  output: "shown" | ((text: string) => void) = "shown",
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: output === "shown" ? "inherit" : ["ignore", "pipe", "pipe"],
      cwd,
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...env },
    });
    if (output !== "shown") {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding("utf8").on("data", output);
      }
    }
    const onInterrupt = () => {
      interrupted = SIGNAL_EXIT.SIGINT ?? 1;
    };
    const onTerminate = () => {
      interrupted = SIGNAL_EXIT.SIGTERM ?? 1;
      child.kill("SIGTERM");
    };
    process.on("SIGINT", onInterrupt);
    process.on("SIGTERM", onTerminate);
    const settle = () => {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onTerminate);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    // "close", not "exit": what it wrote has been read by then.
    child.once("close", (code, signal) => {
      settle();
      resolve(code ?? (signal === null ? 1 : (SIGNAL_EXIT[signal] ?? 1)));
    });
  });
}
