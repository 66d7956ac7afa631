// A thread that is up and waits, until it is to begin as some attempt. Until then it is nobody's, and may say nothing but
// that it waits.
//
//   starting -> (it says that it waits) -> waiting -> (begin) -> begun: an attempt like any other
//   starting, waiting -> (it ends, or it does its work too early, for which it is killed) -> gone
//   starting, waiting -> (discard) -> ended: terminated, and the host does not wait for it

import type { MessagePort } from "node:worker_threads";
import type { Exit } from "@steadfast/policy";
import type { ChildSignal, Prepared } from "@steadfast/supervisor";
import type { LiveWorker, StandbyEar } from "./live-worker.js";
import { signalBox } from "./signal-box.js";
import type { BeginNote } from "./wire.js";

/** After so long without a word, one warning asks whether it waits at all. */
const SILENT_MS = 30_000;

export class Standby implements Prepared {
  readonly up: Promise<void>;
  readonly gone: Promise<Exit>;
  #phase: "starting" | "waiting" | "begun" | "ended" = "starting";
  #wrong: Error | null = null;
  #isUp = () => {};
  #ports: MessagePort[] = [];
  readonly #silence: NodeJS.Timeout;
  readonly #heard = signalBox();
  readonly #live: LiveWorker;

  /** @param start starts its thread, whose words go to this ear. */
  constructor(start: (ear: StandbyEar) => LiveWorker) {
    this.up = new Promise((resolve) => {
      this.#isUp = resolve;
    });
    this.#live = start({
      box: { ...this.#heard, put: (signal) => this.#put(signal) },
      waiting: (port) => this.#waiting(port),
    });
    this.gone = this.#live.exited.then((exit) => {
      this.#end();
      return this.#wrong ? { kind: "failed", error: this.#wrong } : exit;
    });
    this.#silence = setTimeout(warn, SILENT_MS).unref();
  }

  /** Has it begin as an attempt; null if it is gone. */
  begin(): LiveWorker | null {
    if (this.#phase !== "waiting") return null;
    this.#phase = "begun";
    this.#live.begin();
    for (const port of this.#ports) tell(port);
    this.#ports = [];
    return this.#live;
  }

  discard(): void {
    if (!this.#end()) return;
    this.#live.kill();
    this.#live.abandon?.();
  }

  /** False if it has begun, or has ended before. */
  #end(): boolean {
    clearTimeout(this.#silence);
    if (this.#phase === "begun" || this.#phase === "ended") return false;
    this.#phase = "ended";
    for (const port of this.#ports) port.close();
    this.#ports = [];
    return true;
  }

  #waiting(port: MessagePort): void {
    if (this.#phase === "begun") return tell(port);
    if (this.#phase === "ended" || this.#wrong) return port.close();
    this.#ports.push(port);
    this.#phase = "waiting";
    clearTimeout(this.#silence);
    this.#isUp();
  }

  #put(signal: ChildSignal): void {
    if (this.#phase === "begun") return this.#heard.put(signal);
    if (signal.type === "heartbeat" || this.#wrong || this.#phase === "ended") return;
    const what = signal.type === "message" ? "sent a message" : `said "${signal.type}"`;
    this.#wrong = new Error(
      `a standby ${what} before it was to begin: it must wait for whenActive()`,
    );
    this.#live.kill();
  }
}

/** It goes on. */
function tell(port: MessagePort): void {
  port.postMessage({ steadfast: "begin" } satisfies BeginNote);
  port.close();
}

function warn(): void {
  const message = `a standby has not said within ${SILENT_MS / 1_000} s that it waits`;
  process.emitWarning(message, {
    type: "SteadfastWarning",
    code: "STEADFAST_STANDBY",
    detail:
      "Does its module wait for whenActive() of @steadfast/worker-threads/worker? Else it does its work beside the other.",
  });
}
