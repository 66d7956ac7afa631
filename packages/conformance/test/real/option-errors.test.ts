import { processLauncher, spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { workerLauncher } from "@steadfast/worker-threads";
import { expect, it } from "vitest";

it.each([
  ["a factory that returns no child", () => processLauncher(() => JSON.parse("null"))],
  ["arguments that are no list", () => spawnLauncher("true", () => JSON.parse("{}"))],
  [
    "a bad option for an attempt",
    () => workerLauncher(new URL("data:text/javascript,"), () => JSON.parse('{"bogus":1}')),
  ],
])(
  "an option error that a launch throws is thrown by supervise, not restarted: %s",
  async (_, make) => {
    const start = () => {
      const handle = supervise(make(), { policy: restartOn("permanent") });
      void handle.stop();
    };
    expect(start).toThrow(expect.objectContaining({ code: "ERR_POLICY_OPTIONS" }));
  },
);
