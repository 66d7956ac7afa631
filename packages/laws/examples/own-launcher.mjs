// An adapter of one's own, checked: first as one would write it, then as the laws have taught.
//   node examples/own-launcher.mjs

import { checkLauncher, launcherReport } from "@steadfast/laws";

// Some library runs jobs: `run()` returns { done, cancel, kill }, where `done` is a promise of
// { code, signal } that rejects if the job could not be started.

/** As one would write it. */
const hasty = (run) => ({
  launch() {
    const job = run();
    return {
      exited: job.done.then(exitOf),
      onSignal() {},
      requestStop: () => job.cancel(),
      kill: () => job.kill(),
    };
  },
});

/** As the laws have taught. */
const careful = (run) => ({
  launch() {
    let job;
    try {
      job = run();
    } catch (error) {
      if (error instanceof TypeError) throw error; // trying again cannot help
      return refused(error);
    }
    const told = new Set(); // what was done, each thing once; nothing after the end
    const once = (what, act) => () => {
      if (told.has(what) || told.has("over")) return;
      told.add(what);
      act();
    };
    const over = (exit) => {
      told.add("over");
      return exit;
    };
    return {
      exited: job.done.then(
        (end) => over(exitOf(end)),
        (error) => over({ kind: "spawn-failed", error }),
      ),
      onSignal() {},
      requestStop: once("stop", () => job.cancel()),
      kill: once("kill", () => job.kill()),
    };
  },
});

/** Never started: its exit is all there is. */
function refused(error) {
  const nothing = () => {};
  const exited = Promise.resolve({ kind: "spawn-failed", error });
  return { exited, onSignal: nothing, requestStop: nothing, kill: nothing };
}

function exitOf({ code, signal }) {
  if (signal) return { kind: "signalled", signal };
  return code === 0 ? { kind: "completed", code } : { kind: "failed", code };
}

/** The library's jobs, played by the children of a virtual runtime. */
const jobsOf = (runtime) => () => {
  const child = runtime.start();
  const told = new Promise((resolve) => {
    child.onEvent((event) => {
      if (event.type === "exit") resolve(() => ({ code: null, signal: null, ...event.end }));
      if (event.type === "error" && child.pid === null) {
        resolve(() => {
          throw event.error;
        });
      }
    });
  });
  const done = told.then((end) => end());
  return { done, cancel: () => child.ask("stop"), kill: () => child.force() };
};

const can = { says: [], hears: false }; // these jobs neither speak nor listen

const { results } = await launcherReport((runtime) => hasty(jobsOf(runtime)), { can });
for (const { law, verdict, why } of results) {
  if (verdict === "failed") console.log(`hasty breaks ${law}: ${why}`);
}

const { passed, notRun } = await checkLauncher((runtime) => careful(jobsOf(runtime)), { can });
console.log(`careful passes ${passed.length} laws`);
console.log(`not tried: ${Object.keys(notRun).join(", ")}`);
