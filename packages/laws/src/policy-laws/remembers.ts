// Whether anything is remembered: a request, or a failure and the request after it, is answered otherwise
// than on a fresh state.

import type { RestartPolicy } from "@steadfast/policy";
import { deepEqual } from "../kernel/deep-equal.js";
import type { Meets } from "./meets.js";
import { ask, exited, type RestartScript } from "./script.js";
import { decisionsOf, launchedAt, tell } from "./tell.js";

const CRASH: RestartScript = [exited(0, 0), ask(0, 0.5)];

/** Under a name of one's own, told as soon as what was admitted has been launched. */
export function remembers(policy: RestartPolicy, name: string): Meets {
  return {
    name,
    absent: "nothing is ever remembered",
    at(moment) {
      const at = launchedAt(moment);
      return [[ask(0, 0.5)], CRASH].some(
        (sequel) =>
          !deepEqual(
            decisionsOf(tell(policy, sequel, { at, state: moment.after })),
            decisionsOf(tell(policy, sequel, { at })),
          ),
      );
    },
  };
}
