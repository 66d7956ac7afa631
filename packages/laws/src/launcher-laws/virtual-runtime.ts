// A runtime whose children follow scripts on virtual time: what an adapter under test is built over.
// It keeps an account of everything that an adapter may get wrong.

import type { System } from "@steadfast/supervisor";
import { type OpenRecord, rawChild, refusal } from "./acting-child.js";
import type { RawScript } from "./raw-child.js";
import type { VirtualRuntimeRecord } from "./runtime-record.js";

/**
 * Makes a runtime whose n-th child does what the n-th script says.
 *
 * Units: milliseconds. Edge: a child has started, or is refused, in the microtask after the call; what
 * takes 0 ms happens in the next turn, never within a call; after the last script children run until
 * they are asked. Effect: the children use the system's timers, and
 * have none left once they have ended. Never throws by itself.
 *
 * @since 0.1.0
 * @example
 * const system = manualSystem();
 * const runtime = virtualRuntime(system, [{ runMs: 50, end: { code: 3 } }]);
 * const events: string[] = [];
 * runtime.start().onEvent(({ type }) => events.push(type));
 * await system.advance(50);
 * events; // => ["started", "exit"]
 */
export function virtualRuntime(
  system: System,
  scripts: readonly RawScript[] | ((start: number) => RawScript),
): VirtualRuntimeRecord {
  const children: OpenRecord[] = [];
  const host = new Set<object>();
  const scriptOf = typeof scripts === "function" ? scripts : (n: number) => scripts[n - 1] ?? {};

  return {
    system,
    children,
    get alive() {
      return children.filter(({ alive }) => alive).length;
    },
    get hostListeners() {
      return host.size;
    },
    onHost(listener) {
      const entry = { listener };
      host.add(entry);
      return () => host.delete(entry);
    },
    start() {
      const script = scriptOf(children.length + 1);
      const record: OpenRecord = {
        script,
        told: [],
        calls: [],
        thrown: null,
        pid: null,
        alive: false,
      };
      children.push(record);
      const { start = "runs" } = script;
      if (start === "throws" || start === "misuse") {
        record.thrown = { error: start === "throws" ? refusal() : misuse() };
        throw record.thrown.error;
      }
      record.alive = true;
      return rawChild(system, record, children.length);
    },
  };
}

function misuse(): Error {
  return Object.assign(new TypeError("a wrong argument"), { code: "ERR_INVALID_ARG_TYPE" });
}
