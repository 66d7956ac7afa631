// How a worker knows that it is a standby: by environment data that its host leaves. Workers of this worker are none, so
// the first reader keeps it elsewhere: the preload, or `whenActive` without one.

import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { STANDBY } from "./wire.js";

const KEY = Symbol.for("@steadfast/worker-threads/standby");

export function isStandby(): boolean {
  const shared = globalThis as { [KEY]?: boolean };
  if (shared[KEY] === undefined) {
    shared[KEY] = getEnvironmentData(STANDBY) === true;
    setEnvironmentData(STANDBY, undefined);
  }
  return shared[KEY];
}
