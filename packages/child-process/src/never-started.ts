// What is made of children that the system refused to start: an exit each, which the policy judges. Many in a row,
// under a policy without a delay, would be a loop that nobody sees: one warning of Node's says so, once per launcher.

import type { LiveProcess } from "./live-process.js";
import { namingCwd } from "./missing-cwd.js";

const MANY = 10;

/** Looks at every child of one launcher that was to be started. */
export function neverStarted(
  owner: string,
  cwd: string | URL | undefined,
): (live: LiveProcess) => LiveProcess {
  let inARow = 0;
  let isSaid = false;

  function count(error: unknown): void {
    inARow++;
    if (inARow < MANY || isSaid) return;
    isSaid = true;
    const { code = "an error" } = (error ?? {}) as NodeJS.ErrnoException;
    const message = `${owner}: a child could not be started ${MANY} times in a row (${code})`;
    process.emitWarning(message, {
      type: "SteadfastWarning",
      code: "STEADFAST_NOT_STARTED",
      detail:
        "The policy decides how often that is tried again: backoff() would put a delay between.",
    });
  }

  return (live) => {
    if (live.pid !== undefined) {
      inARow = 0;
      return live;
    }
    const exited = live.exited.then((exit) => {
      if (exit.kind !== "spawn-failed") return exit;
      count(exit.error);
      return { ...exit, error: namingCwd(exit.error, cwd) };
    });
    return { ...live, exited };
  };
}
