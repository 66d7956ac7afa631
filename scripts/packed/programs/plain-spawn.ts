// One core and nothing else of ours: a small supervisor around plain `spawn`.

import { spawn } from "node:child_process";
import { cell } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const policy = slidingWindow({ limit: 3, windowMs: 600_000, counts: "launches" });
  const child = cell(policy, { clock: () => performance.now(), random: Math.random });
  const codes: (number | null)[] = [];
  let cause: "start" | "restart" = "start";
  for (;;) {
    const decision = child.send({ type: "launch", cause });
    if (decision.type === "refuse") {
      same(decision.reason, "window-full");
      break;
    }
    const code = await new Promise<number | null>((resolve) => {
      spawn(process.execPath, ["-e", "process.exit(3)"], { stdio: "ignore" }).on("exit", resolve);
    });
    codes.push(code);
    const exit = { kind: "failed", code: code ?? -1 } as const;
    child.send({ type: "exited", exit, failed: code !== 0, uptimeMs: 0 });
    cause = "restart";
  }
  same(codes, [3, 3, 3]);
}
