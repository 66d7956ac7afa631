// A host with 100 children, in plain JavaScript, so that nothing of Node's type stripping is in its memory. Prints, as
// JSON, its RSS in MiB with the children, what that is in kB for each of them, how many MiB of it the packages are before a child is
// started, and the RSS of what it started besides. suites/processes.ts starts it.
//
//   node --expose-gc host-of-children.mjs <"hand", "least" or "defaults">

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const CHILDREN = 100;
const MIB = 1_048_576;
const [way] = process.argv.slice(2);
const least = { stderrTail: 0, lifeline: false, stdout: "ignore", stderr: "ignore" };

async function rss() {
  for (let i = 0; i < 20; i++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().rss / MIB;
}

/** MiB of our children that are not the known ones: the lifeline. */
function besides(known) {
  let pages = 0;
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!pid || known.has(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[1]) === process.pid) pages += Number(fields[21]);
    } catch {} // gone meanwhile
  }
  return (pages * 4_096) / MIB;
}

function byHand() {
  const children = Array.from({ length: CHILDREN }, () =>
    spawn("sleep", ["1000"], { stdio: "ignore" }),
  );
  return {
    pids: () => children.map(({ pid }) => pid),
    end: () => children.map((child) => child.kill("SIGKILL")),
  };
}

async function supervised(options) {
  const { spawnLauncher } = await import("@steadfast/child-process");
  const { restartOn } = await import("@steadfast/policy");
  const { supervise } = await import("@steadfast/supervisor");
  const launcher = spawnLauncher("sleep", ["1000"], options);
  const policy = restartOn("permanent");
  const loaded = await rss();
  const handles = Array.from({ length: CHILDREN }, () => supervise(launcher, { policy }));
  return {
    loaded,
    pids: () => handles.map((handle) => handle.status().pid),
    end: () => Promise.all(handles.map((handle) => handle.kill())),
  };
}

const empty = await rss(); // without the packages: they are part of what it costs
const options = way === "least" ? least : {};
const { loaded = empty, pids, end } = way === "hand" ? byHand() : await supervised(options);
const full = await rss();
const known = new Set(pids());
if (known.size !== CHILDREN) throw new Error("a child is missing");
const lifeline = besides(known);
await end();
process.stdout.write(
  JSON.stringify({
    mib: full,
    each: ((full - empty) * 1_024) / CHILDREN,
    packages: loaded - empty,
    lifeline,
  }),
);
