// After the exit: end what is left of the group, read what is left in the pipes, give back what was taken.
// In this order: while a member of the group lives, the pipes may still fill.

import type { ChildProcess } from "node:child_process";
import type { Exit } from "@steadfast/policy";
import { streamsOf } from "./child-streams.js";
import { drain } from "./drain.js";
import type { OutputReader } from "./output-reader.js";
import { withStderrTail } from "./process-exit.js";
import { processGroup } from "./process-group.js";
import { sweep } from "./sweep.js";

/** A child that is gone, and what is to be cleared away after it. */
export interface Remains {
  readonly child: ChildProcess;
  /** Whether this package started it, and so closes its streams and its channel. */
  readonly ours: boolean;
  /** Whether what is left of its process group is ended. */
  readonly sweep: boolean;
  readonly output: OutputReader;
  /** Grows with every piece that was read. */
  readonly received: () => number;
  readonly onFault: (error: unknown) => void;
  /** Takes the listeners off. */
  readonly forget: () => void;
}

/** The work of clearing away. */
export interface Clearance {
  /** Does it all, and answers the exit that is reported. Errors: none. */
  run(exit: Exit<undefined>): Promise<Exit<undefined>>;
  /** From now on it does not keep this process alive. */
  abandon(): void;
}

const nextTurn = () => new Promise<void>(setImmediate);

export function clearance(remains: Remains): Clearance {
  const { child, output, onFault } = remains;
  let abandoned = false;
  let timer: NodeJS.Timeout | undefined;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
      if (abandoned) timer.unref();
    });
  }

  /** The exit; `abandoned` if a member of the group cannot be ended. */
  async function swept(exit: Exit<undefined>): Promise<Exit<undefined>> {
    const { pid } = child;
    if (!remains.sweep || pid === undefined || (await sweep(processGroup(pid), pause))) return exit;
    onFault(new Error(`process group ${pid} cannot be ended`, { cause: exit }));
    return { kind: "abandoned" };
  }

  function close(): void {
    output.close();
    remains.forget();
    if (!remains.ours) return;
    for (const stream of streamsOf(child)) stream.destroy();
    if (child.connected) child.disconnect();
  }

  return {
    async run(exit) {
      output.holdBackNoMore();
      const told = await swept(exit);
      await drain(remains.received, nextTurn);
      close();
      return withStderrTail(told, output.tail());
    },
    abandon() {
      abandoned = true;
      timer?.unref();
    },
  };
}
