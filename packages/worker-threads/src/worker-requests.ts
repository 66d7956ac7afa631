// The requests that a worker was asked and has not answered.

import type { Transferable, Worker } from "node:worker_threads";
import type { ChildRequest } from "@steadfast/supervisor";
import type { RequestWord } from "@steadfast/supervisor/answering";

export interface WorkerRequests {
  ask(request: ChildRequest): void;
  unask(id: number): void;
  answered(id: number): void;
  /** A request or an answer cannot be read, and nobody knows which: each request is asked about. */
  unread(lost: "request" | "answer"): void;
}

export function workerRequests(worker: Worker): WorkerRequests {
  const asked = new Set<number>();
  const post = (word: RequestWord, transferList: readonly unknown[] = []) =>
    worker.postMessage(word, transferList as Transferable[]);
  return {
    ask({ id, message, transferList }) {
      post({ steadfast: "request", id, message }, transferList);
      asked.add(id);
    },
    unask: (id) => post({ steadfast: "unask", id }),
    answered: (id) => void asked.delete(id),
    unread(lost) {
      for (const id of asked) post({ steadfast: "recheck", id, lost });
    },
  };
}
