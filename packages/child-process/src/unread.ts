// A pipe of a factory's child that nobody reads: once it is full, the child waits forever, and nobody sees why.
// Whether somebody reads is known when the turn is over in which the child was made.

import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";

/** Looks at the children of one factory; the first unread pipe is a warning of Node's. */
export function unreadPipes(): (child: ChildProcess) => void {
  let isSaid = false;

  function look(child: ChildProcess): void {
    for (const name of ["stdout", "stderr"] as const) {
      const stream: Readable | null | undefined = child[name];
      if (isSaid || !stream || isRead(stream)) continue;
      isSaid = true;
      process.emitWarning(`processLauncher: nobody reads ${name} of the child, which is a pipe`, {
        type: "SteadfastWarning",
        code: "STEADFAST_UNREAD",
        detail: `The child has to wait when it is full: read it, give it ${name}: { line }, or use stdio "ignore" or "inherit".`,
      });
    }
  }

  return (child) => {
    if (!isSaid) setImmediate(look, child);
  };
}

function isRead(stream: Readable): boolean {
  if (stream.destroyed || stream.readableEnded || stream.readableFlowing !== null) return true;
  return stream.listenerCount("readable") + stream.listenerCount("data") > 0;
}
