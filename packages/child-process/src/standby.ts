// A forked child that is up and waits, until it is to begin as some attempt. Until then it is nobody's: what it says is
// overheard, for whether it waits, and not kept.
//
//   starting -> (it says that it waits) -> waiting -> (begin) -> begun: an attempt like any other
//   starting, waiting -> (it ends, or it does not wait, for which it is killed) -> gone
//   starting, waiting -> (discard) -> ended: the stop signal, then SIGKILL after `sweepGraceMs`

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LaunchInfo, Prepared, PrepareInfo } from "@steadfast/supervisor";
import type { ChildInfo } from "./environment.js";
import type { LiveProcess } from "./live-process.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { type SignalBox, signalBox } from "./signal-box.js";
import { beginWord, isWaiting } from "./standby-words.js";

/** After so long without a word, one warning asks whether it waits at all. */
const SILENT_MS = 30_000;

/** What functions of the attempt get for a standby, before anybody knows which one it will be. */
const BEFORE = { attempt: 0, generation: 0, cause: "restart", failures: 0 } as const;

/** Starts a child whose signals go into a box. */
export type StandbyStart = (info: ChildInfo, box: SignalBox) => LiveProcess;

type Terms = Pick<ProcessSettings, "heartbeat" | "sweepGraceMs" | "onFault">;

export class Standby implements Prepared {
  readonly up: Promise<void>;
  readonly gone: Promise<Exit>;
  #phase: "starting" | "waiting" | "begun" | "ended" = "starting";
  #wrong: Error | null = null;
  #isUp = () => {};
  #timer: NodeJS.Timeout | undefined;
  readonly #heard = signalBox();
  readonly #live: LiveProcess;

  /** Where its lines come from; becomes the attempt's. */
  readonly #info: ChildInfo;

  constructor(
    start: StandbyStart,
    { id, standby }: PrepareInfo,
    private readonly terms: Terms,
  ) {
    this.#info = { ...BEFORE, id, standby };
    this.up = new Promise((resolve) => {
      this.#isUp = resolve;
    });
    this.#live = start(this.#info, {
      ...this.#heard,
      put: (signal) => this.#put(signal),
    });
    this.gone = this.#live.exited.then((exit) => {
      clearTimeout(this.#timer);
      return this.#wrong ? { kind: "failed", error: this.#wrong } : exit;
    });
    this.#timer = setTimeout(warn, SILENT_MS).unref();
  }

  /** Has it begin as this attempt; null if it is gone, or cannot hear. */
  begin(info: LaunchInfo): LiveProcess | null {
    if (this.#phase !== "waiting" || this.#live.send?.(beginWord(info)) === false) {
      this.terms.onFault(new Error("a standby was gone when it was to begin"));
      return null;
    }
    this.#phase = "begun";
    Object.assign(this.#info, info);
    // Where signs of life are expected, the launch is the first.
    if (this.terms.heartbeat) this.#heard.put({ type: "heartbeat" });
    return this.#live;
  }

  /** Settles when nothing of it is left. */
  discard(): Promise<unknown> | null {
    if (this.#phase === "begun") return null;
    if (this.#phase !== "ended") this.#end();
    return this.gone;
  }

  #end(): void {
    this.#phase = "ended";
    clearTimeout(this.#timer);
    this.#live.requestStop("stop");
    const { sweepGraceMs } = this.terms;
    if (sweepGraceMs === 0) this.#live.kill();
    else this.#timer = setTimeout(this.#live.kill, sweepGraceMs);
  }

  #put(signal: ChildSignal): void {
    if (this.#phase === "begun") return this.#heard.put(signal);
    if (signal.type === "heartbeat" || this.#wrong || this.#phase === "ended") return;
    if (signal.type === "disconnected") return this.#breaks("closed its channel");
    if (signal.type !== "message") {
      return this.#breaks(
        `said "${signal.type}" before it was to begin: it must wait for whenActive()`,
      );
    }
    if (!isWaiting(signal.message)) {
      return this.terms.onFault(new Error("a message of a standby, which nobody hears"));
    }
    if (this.#phase === "waiting") return;
    this.#phase = "waiting";
    clearTimeout(this.#timer);
    this.#isUp();
  }

  #breaks(how: string): void {
    this.#wrong = new Error(`a standby ${how}`);
    this.#live.kill();
  }
}

function warn(): void {
  const message = `a standby has not said within ${SILENT_MS / 1_000} s that it waits`;
  process.emitWarning(message, {
    type: "SteadfastWarning",
    code: "STEADFAST_STANDBY",
    detail:
      "Does its module wait for whenActive() of @steadfast/child-process/child? Else it does its work beside the other.",
  });
}
