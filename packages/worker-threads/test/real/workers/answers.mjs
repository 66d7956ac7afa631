// Answers requests by what they ask for, and ends by itself when it is asked to stop.

import threads, { parentPort } from "node:worker_threads";
import { moved, onMessage, onRequest, onStop, ready } from "@steadfast/worker-threads/worker";

const DEEDS = {
  add: ({ a, b }) => a + b,
  throws: () => {
    throw Object.assign(new TypeError("no such thing"), { code: "E_MINE" });
  },
  dies: () => process.exit(3),
  crashes: () => {
    setImmediate(() => {
      throw new Error("root cause");
    });
    return new Promise(() => {});
  },
  fills: ({ buffer }) => {
    new Uint8Array(buffer).fill(7);
    return moved(buffer, [buffer]);
  },
  waits: (_, { signal }) =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => {
        parentPort.postMessage("withdrawn");
        resolve();
      });
      parentPort.postMessage("waiting");
    }),
  "takes a turn": () => new Promise((resolve) => setTimeout(resolve, 20, "done")),
  unclonable: () => () => 1,
  "too deep": () => {
    let list = null;
    for (let n = 0; n < 5_000; n += 1) list = { next: list };
    return list;
  },
  "dies once": ({ flag }) => {
    if (Atomics.add(flag, 0, 1) === 0) process.exit(3);
    return Atomics.load(flag, 0);
  },
  talks: ({ port }) => port.postMessage("through the port"),
  name: () => threads.threadName ?? "no name on this Node",
};

onRequest((request, info) => DEEDS[request.do](request, info));
onMessage((message) => parentPort.postMessage({ heard: message }));
onStop(() => {});
ready();
