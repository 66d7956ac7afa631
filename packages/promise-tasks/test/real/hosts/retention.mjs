// Prints what is still in memory of attempts that are over. Run with --expose-gc.

import { taskLauncher } from "@steadfast/promise-tasks";

const info = { id: "task", attempt: 1, generation: 0, cause: "start" };
const turn = () => new Promise((resolve) => setImmediate(resolve));
const ATTEMPTS = 100;

const signals = [];
const listeners = [];
const messages = [];
/** As a timer that a task forgot would: it keeps the context of every abandoned attempt. */
const kept = [];

function listen(child) {
  const listener = () => {};
  child.onSignal(listener);
  listeners.push(new WeakRef(listener));
}

function send(child) {
  const message = { large: true };
  child.send(message);
  messages.push(new WeakRef(message));
}

const ends = taskLauncher(({ signal }) => {
  signals.push(new WeakRef(signal));
});
const hangs = taskLauncher((context) => {
  kept.push(context);
  return new Promise(() => {});
});

for (let n = 0; n < ATTEMPTS; n += 1) {
  await ends.launch(info).exited;
  const child = hangs.launch(info);
  listen(child);
  send(child);
  await turn();
  child.kill();
  await child.exited;
  listen(child);
  send(child);
}
for (let n = 0; n < 3; n += 1) {
  await turn();
  globalThis.gc();
}
const alive = (refs) => refs.filter((ref) => ref.deref() !== undefined).length;
console.log(
  JSON.stringify({
    signals: alive(signals),
    listeners: alive(listeners),
    messages: alive(messages),
    kept: kept.filter(({ signal }) => signal.aborted).length,
  }),
);
if (typeof ends.launch !== "function") throw new Error("the launcher itself stays");
