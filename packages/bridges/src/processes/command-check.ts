import { execFile } from "node:child_process";
import type { ProbeCheck } from "@steadfast/supervisor";

/** Looks at a service by a command: well if it exits with 0. It is killed when the answer is not wanted any more. */
export function commandCheck(
  command: string,
  args: readonly string[],
  options: { readonly shell: boolean; readonly cwd?: string },
): ProbeCheck {
  return (_, signal) =>
    new Promise((resolve) => {
      const settings = { ...options, signal, killSignal: "SIGKILL", windowsHide: true } as const;
      execFile(command, [...args], settings, (error) => resolve(error === null));
    });
}
