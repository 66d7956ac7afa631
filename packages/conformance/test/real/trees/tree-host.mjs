// A host whose tree is saved after every event. argv: a file for the snapshot, and what to do: `keep`
// runs until a signal comes; `before` too, and is saved only once, when it is up; `orphans` too, its
// processes outlive it; `group` makes a group restart that waits for a message before it goes on.
// Prints one JSON line per event, and one for the outcome.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { forkLauncher, spawnLauncher } from "@steadfast/child-process";
import { taskLauncher } from "@steadfast/promise-tasks";
import { exitCode, untilSignals } from "@steadfast/supervisor/node";
import { superviseTree } from "@steadfast/supervisor/tree";
import { workerLauncher } from "@steadfast/worker-threads";

const [file, what] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const part = fileURLToPath(new URL("./part.mjs", import.meta.url));

/** Ends slowly: what the host's reader sees as `slow` is the middle of a group's stop. */
const slow = async ({ signal, ready }) => {
  ready();
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  say({ type: "slow" });
  await new Promise((resolve) => setTimeout(resolve, what === "group" ? 100 : 0));
};

let tree = null;

function heard(event) {
  if (what !== "before" || event.type === "up") {
    writeFileSync(`${file}.new`, JSON.stringify(tree.snapshot()));
    renameSync(`${file}.new`, file);
  }
  say(event);
  if (event.type === "up" && what === "group") tree.child("thread").send("throw");
}

const stays = () => ({
  launcher: spawnLauncher(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], {
    lifeline: false,
    stdout: "ignore",
    stderr: "ignore",
  }),
});
const orphans = {
  children: [
    { id: "web", replicas: 2, ...stays() },
    { id: "db", ...stays() },
  ],
};

tree = superviseTree(
  what === "orphans"
    ? orphans
    : {
        strategy: "one-for-all",
        children: [
          { id: "process", launcher: forkLauncher(part), readiness: "explicit" },
          {
            id: "slow",
            launcher: taskLauncher(slow),
            readiness: "explicit",
            gracePeriodMs: 30_000,
          },
          {
            id: "thread",
            launcher: workerLauncher(new URL("./thread.mjs", import.meta.url)),
            readiness: "explicit",
          },
        ],
      },
  {
    signal: untilSignals(["SIGTERM"]),
    ...(existsSync(file) ? { snapshot: JSON.parse(readFileSync(file, "utf8")) } : {}),
    onEvent(event) {
      // The first events come while the tree is still being made.
      queueMicrotask(() => heard(event));
    },
  },
);
const outcome = await tree.outcome;
say({ type: "outcome", outcome: { ...outcome, abortReason: undefined } });
process.exitCode = exitCode(outcome);
