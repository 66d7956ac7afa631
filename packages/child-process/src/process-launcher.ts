import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import type { Launcher, LaunchInfo, Prepared } from "@steadfast/supervisor";
import { requestLayer } from "@steadfast/supervisor/requests";
import { askable } from "./askable.js";
import { endUntaken, type FactoryChild, type FoundChild, foundChild } from "./factory-child.js";
import type { ProcessOptions } from "./launcher-options.js";
import type { Custody, LiveProcess } from "./live-process.js";
import { neverStarted } from "./never-started.js";
import type { FactoryOutputOptions } from "./output-options.js";
import { leadsGroup } from "./process-group.js";
import { readProcessOptions } from "./read-launcher-options.js";
import { saysOf } from "./ready-line.js";
import { start } from "./start.js";
import { unreadPipes } from "./unread.js";

/**
 * A `Launcher` whose children are processes.
 * @since 0.1.0
 */
export interface ProcessLauncher extends Launcher<undefined> {
  /** Starts one attempt, which is a process. */
  launch(info: LaunchInfo, prepared?: Prepared): LiveProcess;
}

/**
 * Launches whatever a function of yours makes: for the cases that `spawnLauncher` and `forkLauncher`
 * do not cover.
 *
 * Decides: as `spawnLauncher`, with two differences. `killScope` is `process` unless you say
 * otherwise, and a `group` is believed only if the child is seen to lead it (it was spawned with
 * `detached: true`); if not, `onFault` is called and only the process is signalled. The child's streams
 * are yours: stderr is read along where there is one (for the tail), and both for what `stdout` and `stderr`
 * name; nothing is closed. A stream that is no pipe cannot be read along: that goes to `onFault`.
 * Edge: a child that had ended before it was returned is reported with the code it ended with. An object
 * with a child in `nodeChildProcess` stands for that child; if what was returned is also a promise, its
 * rejection is never unhandled, and says why a child without a process was not started; one that says `timedOut`, as execa's does
 * for its `timeout`, makes the exit `timed-out`. A child with a channel can be asked
 * (`handle.request`), as a forked one.
 * Effect: listeners on the child that was returned.
 * Errors: `PolicyOptionsError` at once for a bad option, and from `launch` when the function does not
 * return a child (a promise of one is none); what it had started is killed then. What the function throws is thrown, unless it is a system error, which becomes an
 * exit of kind `spawn-failed`.
 *
 * @since 0.1.0
 * @example
 * processLauncher(({ attempt }) => spawn("server", [], { stdio: "inherit", env: envFor(attempt) }));
 */
export function processLauncher(
  factory: (info: LaunchInfo) => FactoryChild,
  options: ProcessOptions & FactoryOutputOptions = {},
): ProcessLauncher {
  readArguments("processLauncher", arguments, 2);
  if (typeof factory !== "function") {
    throw new PolicyOptionsError("processLauncher", "factory", "a function", factory);
  }
  const settings = readProcessOptions("processLauncher", options, null);
  const lookForUnread = unreadPipes();

  function make(info: LaunchInfo): FoundChild {
    const answer: unknown = factory(info);
    const found = foundChild(answer);
    if (found) {
      lookForUnread(found.child);
      return found;
    }
    endUntaken(answer);
    const allowed = "a function that returns a ChildProcess";
    throw new PolicyOptionsError("processLauncher", "factory", allowed, answer);
  }

  /** A group is signalled only if the child is seen to lead it, now, while its number is its own. */
  function custodyOf({ child, promise }: FoundChild): Custody {
    const { pid, exitCode, signalCode } = child;
    const runs = pid !== undefined && (exitCode ?? signalCode ?? null) === null;
    const leads = runs && leadsGroup(pid);
    if (runs && !leads && settings.killScope !== "process" && process.platform !== "win32") {
      settings.onFault(
        new Error(`child ${pid} leads no process group: signals will reach only itself`),
      );
    }
    return { ours: false, leadsGroup: leads, promise };
  }

  const looked = neverStarted("processLauncher", undefined);
  const maker = { owner: "processLauncher", settings, make, custodyOf };
  return {
    ...saysOf(settings),
    launch: (info) => askable(looked(start(maker, info))),
    requests: requestLayer,
  };
}
