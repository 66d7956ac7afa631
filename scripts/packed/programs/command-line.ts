// The program `steadfast` as it is installed: a child that fails twice, and is restarted in between.

import { spawn } from "node:child_process";
import { same } from "./same.js";

function steadfast(...args: readonly string[]): Promise<number | null> {
  const program = "node_modules/@steadfast/cli/dist/bin.js";
  return new Promise((resolve) => {
    spawn(process.execPath, [program, ...args], { stdio: "ignore" }).on("exit", resolve);
  });
}

export async function main(): Promise<void> {
  const options = ["--limit", "2/1m", "--backoff", "1ms..1ms", "--give-up"];
  const child = [process.execPath, "-e", "process.exit(3)"];
  same(await steadfast("run", ...options, "--", ...child), 3);
  same(await steadfast("run", "--restart", "sometimes", "--", ...child), 2);
  same(await steadfast("--version"), 0);
}
