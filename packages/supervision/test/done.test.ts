// Which refusals mean "it is done".

import { expect, it } from "vitest";
import { isDone } from "../src/index.js";

it.each<readonly [string, boolean | null, boolean, string]>([
  ["not-wanted", false, true, "it ended well, and is not wanted any more"],
  ["stop-when", false, true, "it ended well, with the result that was waited for"],
  ["not-wanted", true, false, "a failure that is not started again is given up"],
  ["stop-when", true, false, "the same for a failure that the predicate knows"],
  ["not-wanted", null, false, "a child that has never run is not done"],
  ["window-full", false, false, "a limit is given up"],
  ["", false, false, "no reason at all"],
])("%j after failed %j: %j, since %s", (reason, failed, done, _why) => {
  expect(isDone(reason, failed)).toBe(done);
});
