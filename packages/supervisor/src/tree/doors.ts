// The doors of a tree: orders are checked here, and carried out by the driver.

import { readOptions } from "@steadfast/policy";
import { treeStatus } from "@steadfast/supervision/tree";
import type { EventListener } from "../event-hub.js";
import type { SupervisorEvent } from "../events.js";
import { ChildDoors } from "./child-doors.js";
import type { ChildPath, TreeChildHandle, TreeHandle, TreeHandleStatus } from "./handle.js";
import type { TreeAnswer } from "./open-orders.js";
import type { TreeOutcome } from "./outcome.js";
import { readPath } from "./read-path.js";
import { type TreeSnapshot, takeTreeSnapshot } from "./snapshot.js";
import type { TreeDriver } from "./tree-driver.js";

type OnChildren = "terminate-child" | "restart-child" | "delete-child";

export function treeHandleOf(driver: TreeDriver): TreeHandle {
  const { machine } = driver.plan;

  const change = (type: OnChildren, owner: string, path: ChildPath): Promise<TreeAnswer> => {
    const [at, id] = parted(owner, path);
    return driver.change((ref) => ({ type, id, ref, path: at }));
  };

  return {
    get outcome(): Promise<TreeOutcome> {
      return driver.outcome;
    },
    get up(): Promise<boolean> {
      return driver.up;
    },
    status(): TreeHandleStatus {
      const { settings, alarm, state } = driver;
      return { id: settings.id, ...treeStatus(machine, state, alarm.now()) };
    },
    stop(): Promise<TreeOutcome> {
      driver.act({ type: "stop", by: "stop" });
      return driver.outcome;
    },
    kill(): Promise<TreeOutcome> {
      driver.act({ type: "kill", by: "stop" });
      return driver.outcome;
    },
    reset(): void {
      driver.act({ type: "reset" });
    },
    startChild(child): Promise<TreeAnswer> {
      const read = readOptions<typeof child>("startChild", child);
      const id = read.checked<string>("id", NAME, isName);
      const kind = read.checked<string>("kind", "the name of a kind", isName);
      const at = read.raw("at") as ChildPath | undefined;
      read.end();
      const path = at === undefined ? [] : readPath("startChild", at);
      return driver.change((ref) => ({ type: "start-child", id, kind, ref, path }));
    },
    terminateChild: (path) => change("terminate-child", "terminateChild", path),
    restartChild: (path) => change("restart-child", "restartChild", path),
    deleteChild: (path) => change("delete-child", "deleteChild", path),
    roll(path, options = {}): Promise<TreeAnswer> {
      const read = readOptions("roll", options);
      const given = read.raw("maxUnavailable");
      const maxUnavailable =
        given === undefined ? undefined : read.whole("maxUnavailable", { min: 1 });
      read.end();
      const [at, id] = parted("roll", path);
      const rest = maxUnavailable === undefined ? {} : { maxUnavailable };
      return driver.change((ref) => ({ type: "roll", id, ref, path: at, ...rest }));
    },
    child: (path): TreeChildHandle => new ChildDoors(driver, readPath("child", path)),
    snapshot: (): TreeSnapshot => takeTreeSnapshot(driver.alarm.now(), driver.state),
    on: (listener: EventListener) => driver.hub.add(listener),
    events(options: { readonly capacity?: number } = {}): AsyncIterableIterator<SupervisorEvent> {
      const capacity = readOptions("events", options).whole("capacity", { min: 1, default: 256 });
      return driver.hub.stream(capacity);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      driver.act({ type: "stop", by: "dispose" });
      await driver.outcome;
    },
  };
}

/** The tree that a child stands in, and its name there. */
function parted(owner: string, path: ChildPath): readonly [readonly string[], string] {
  const ids = readPath(owner, path);
  return [ids.slice(0, -1), ids[ids.length - 1] as string];
}

const NAME = "a name, not blank and without a slash";

const isName = (value: unknown) =>
  typeof value === "string" && value.trim() !== "" && !value.includes("/");
