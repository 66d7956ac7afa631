import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/one-crash-loop-everywhere.mjs prints what becomes of it in an hour", async () => {
  const path = fileURLToPath(
    new URL("../../examples/one-crash-loop-everywhere.mjs", import.meta.url),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "OTP: 2 launches, the last at 0.05 s: window-full",
    "systemd: 5 launches, the last at 0.6 s: budget-spent",
    "Kubernetes: 17 launches, no end",
    "Docker: 69 launches, no end",
    "Docker Swarm: 713 launches, no end",
    "Nomad: 6 launches, no end",
    "process-compose: 3429 launches, no end",
    "circus: 12 launches, the last at 35.55 s: flapping",
    "VS Code's language client: 5 launches, the last at 0.2 s: window-full",
    "supervisord: 4 launches, the last at 6.15 s: fatal",
    "suture: 1416 launches, no end",
    "Pekko: 123 launches, no end",
    "pm2: 16 launches, the last at 0.75 s: errored",
    "pm2 with a backoff: 250 launches, no end",
    "the same, fixed: 16 launches, the last at 69.321 s: errored",
  ]);
});
