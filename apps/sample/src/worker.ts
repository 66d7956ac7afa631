// The thread: counts the words of the texts it is sent, and fails when a message asks for it.

import { parentPort } from "node:worker_threads";
import { heartbeat, onStop, ready } from "@steadfast/worker-threads/worker";
import type { Counted, Order, WorkerStrike } from "./app/messages.js";
import { countWords } from "./app/words.js";

const HEARTBEAT_MS = 100;

const beating = setInterval(heartbeat, HEARTBEAT_MS);

parentPort?.on("message", (order: Order) => {
  if (order.type === "strike") return breakDown(order.how);
  const { job, text } = order;
  parentPort?.postMessage({ type: "counted", job, words: countWords(text) } satisfies Counted);
});

onStop(() => {
  clearInterval(beating);
  parentPort?.close();
});

heartbeat();
ready();

function breakDown(how: WorkerStrike): void {
  switch (how) {
    case "throw":
      throw new Error("chaos: the worker throws");
    case "exit":
      process.exit(3);
      break;
    case "run out of memory": {
      const hoard: unknown[] = [];
      for (;;) hoard.push({ a: [1, 2, 3], b: `y${hoard.length}` });
    }
    case "hang":
      for (;;);
  }
}
