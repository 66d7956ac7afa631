// A supervisor that saves itself after every event, and begins with what it finds saved. Its child
// crashes at once, except for the second attempt, which goes on for ever.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { spawnLauncher } from "@steadfast/child-process";
import { allOf, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";

const [file] = process.argv.slice(2);
const script = ({ attempt }) => [
  "-e",
  attempt === 2 ? "setInterval(() => {}, 1e6)" : "process.exit(1)",
];

function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Whenever the host dies, the file is whole: the old one or the new one. */
function save(snapshot) {
  writeFileSync(`${file}.new`, JSON.stringify(snapshot));
  renameSync(`${file}.new`, file);
}

let handle = null;
const launcher = spawnLauncher(process.execPath, script, { stdout: "ignore", stderr: "ignore" });
handle = supervise(launcher, {
  policy: allOf(restartOn("permanent"), slidingWindow({ limit: 3, windowMs: 600_000 })),
  onNotYet: "end",
  journal: ({ at, event }) => say({ type: `journal: ${event.type}`, at }),
  ...(existsSync(file) ? { snapshot: JSON.parse(readFileSync(file, "utf8")) } : {}),
  onEvent(event) {
    if (handle) save(handle.snapshot());
    say(event);
  },
});
say({ type: "outcome", outcome: await handle.outcome });
