// No child, however it dies, may become an error or a warning of the host.

import type { EventEmitter } from "node:events";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

const TROUBLES = ["uncaughtException", "unhandledRejection", "warning"] as const;

/** What the host was told of, until `stop`. */
export interface HostWatch {
  /** The troubles since the last call, such as `warning: MaxListenersExceededWarning: ...`. */
  take(): string[];
  stop(): void;
}

/** Begins to listen to what Node tells a process when something escaped. */
export function watchHost(host: EventEmitter = process): HostWatch {
  const told: string[] = [];
  const listeners = TROUBLES.map((name) => {
    const listener = (what: unknown) => told.push(`${name}: ${String(what)}`);
    host.on(name, listener);
    return () => host.off(name, listener);
  });
  return {
    take: () => told.splice(0),
    stop() {
      for (const remove of listeners) remove();
    },
  };
}

/** Fails every test of this file during which something escaped to the host. */
export function keepsHostQuiet(): void {
  let watch: HostWatch;
  beforeAll(() => {
    watch = watchHost();
  });
  afterEach(async () => {
    // Warnings are emitted in the next tick, unhandled rejections after the microtasks.
    await new Promise((resolve) => setImmediate(resolve));
    expect(watch.take()).toStrictEqual([]);
  });
  afterAll(() => watch.stop());
}
