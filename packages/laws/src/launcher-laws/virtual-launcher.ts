// The least adapter that keeps the contract: what a raw child has to become. The laws are tried on it,
// real adapters are compared with it, and an adapter of one's own may begin as a copy of it.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, Launcher, LiveChild } from "@steadfast/supervisor";
import type { RawChild, RawEnd, RawEvent } from "./raw-child.js";
import type { VirtualRuntime } from "./runtime-record.js";

/**
 * The smallest adapter that keeps the contract of `Launcher`, over a virtual runtime: a place to begin.
 *
 * Decides: the first end counts, be it an exit or a refusal; an error of a child that runs is no end; what
 * is said before anybody listens is kept. Edge: a call after the exit reaches nobody. Effect: one
 * listener per child, which stays, so that a late error does not escape. Errors: what a wrong call
 * throws goes to the caller.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * const launcher = virtualLauncher(virtualRuntime(system, [{ runMs: 50, end: { code: 3 } }]));
 * const child = launcher.launch({ id: "one", attempt: 1, generation: 0, cause: "start", failures: 0 });
 * await system.advance(50);
 * await child.exited; // => { kind: "failed", code: 3 }
 */
export function virtualLauncher(runtime: VirtualRuntime): Launcher {
  return {
    launch() {
      try {
        return liveChild(runtime.start());
      } catch (error) {
        if (isMisuse(error)) throw error;
        return refused(error);
      }
    },
  };
}

function liveChild(raw: RawChild): LiveChild {
  let unheard: ChildSignal[] = [];
  let listener: ((signal: ChildSignal) => void) | null = null;
  let started = false;
  let asked = false;
  let forced = false;
  let over = false;
  let settle: (exit: Exit) => void = () => {};
  const exited = new Promise<Exit>((resolve) => {
    settle = resolve;
  });

  function end(exit: Exit): void {
    over = true;
    listener = null;
    unheard = [];
    settle(exit);
  }

  function hear(event: RawEvent): void {
    if (over) return;
    if (event.type === "started") started = true;
    if (event.type === "exit") end(exitOf(event.end));
    if (event.type === "error" && !started) end({ kind: "spawn-failed", error: event.error });
    if (event.type !== "said") return;
    if (listener) listener(event.signal);
    else unheard.push(event.signal);
  }

  raw.onEvent(hear);
  return {
    exited,
    ...(raw.pid === null ? {} : { pid: raw.pid }),
    onSignal(given) {
      if (over) return;
      listener = given;
      for (const signal of unheard.splice(0)) given(signal);
    },
    requestStop(reason) {
      if (over || asked || forced) return;
      asked = true;
      raw.ask(reason);
    },
    kill() {
      if (over || forced) return;
      forced = true;
      raw.force();
    },
    send(message) {
      if (!over) raw.send(message);
    },
  };
}

function exitOf(end: RawEnd): Exit {
  if ("signal" in end) return { kind: "signalled", signal: end.signal };
  if ("error" in end) return { kind: "failed", error: end.error };
  if ("value" in end) return { kind: "completed", value: end.value };
  return end.code === 0 ? { kind: "completed", code: 0 } : { kind: "failed", code: end.code };
}

function refused(error: unknown): LiveChild {
  const nothing = () => {};
  return {
    exited: Promise.resolve({ kind: "spawn-failed", error }),
    onSignal: nothing,
    requestStop: nothing,
    kill: nothing,
  };
}

function isMisuse(error: unknown): boolean {
  return error instanceof TypeError && "code" in error;
}
