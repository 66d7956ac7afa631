// Ends tasks in every awkward way, prints the kinds of their exits, and is then over by itself.
// Run with --unhandled-rejections=strict: an error that escapes ends it with another exit code.

import { taskLauncher } from "@steadfast/promise-tasks";

const info = { id: "task", attempt: 1, generation: 0, cause: "start" };
const launch = (task) => taskLauncher(task).launch(info);
const turn = () => new Promise((resolve) => setImmediate(resolve));
const kinds = [];
const note = async (child) => kinds.push((await child.exited).kind);

await note(launch(() => 1));
await note(
  launch(() => {
    throw undefined;
  }),
);
await note(launch(() => Promise.reject(null)));

const rejects = [];
const late = launch(() => new Promise((_, reject) => rejects.push(reject)));
await turn();
late.kill();
await note(late);
rejects[0](new Error("late"));

const never = launch(() => new Promise(() => {}));
await turn();
never.requestStop("stop");
never.kill();
await note(never);

const obedient = launch(
  ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
);
await turn();
obedient.requestStop("stop");
await note(obedient);

const unstarted = launch(() => Promise.reject(new Error("never called")));
unstarted.kill();
await note(unstarted);

await turn();
console.log(kinds.join(" "));
