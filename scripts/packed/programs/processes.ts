// Child processes: one that fails twice and then ends well, and one that is stopped.

import { spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const shell = (program: string) =>
    spawnLauncher("sh", ({ attempt }) => ["-c", program, "sh", `${attempt}`], {
      readyWhen: (line) => line === "listening",
      stdout: "ignore",
      stderr: "ignore",
    });
  const policy = restartOn("transient");

  const lucky = shell('[ "$1" -ge 3 ] || { echo "attempt $1" >&2; exit 3; }');
  const told: unknown[] = [];
  const done = await supervise(lucky, {
    policy,
    onEvent: (event) => {
      if (event.type !== "exited") return;
      const { exit } = event;
      told.push([exit.kind, "code" in exit ? exit.code : null, exit.stderrTail ?? []]);
    },
  }).outcome;
  same([done.type, done.attempts], ["completed", 3]);
  same(told, [
    ["failed", 3, ["attempt 1"]],
    ["failed", 3, ["attempt 2"]],
    ["completed", 0, []],
  ]);

  const server = supervise(shell("echo listening; sleep 600 & wait"), {
    policy,
    readiness: "explicit",
    onEvent: (event) => {
      if (event.type === "ready") void server.stop();
    },
  });
  const stopped = await server.outcome;
  same([stopped.type, stopped.lastExit?.kind], ["stopped", "signalled"]);

  const nowhere = spawnLauncher("/there/is/no/such/command");
  const refused = await supervise(nowhere, { policy: restartOn("temporary") }).outcome;
  same([refused.type, refused.lastExit?.kind], ["refused", "spawn-failed"]);
}
