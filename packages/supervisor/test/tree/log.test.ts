// What a tree says at its end: for which child it ended, as an event and as a line.

import { launch, type RestartPolicy, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { reading } from "../console/told.js";
import { delay } from "../policies.js";
import { FAILED, grove } from "./grove.js";

/** So many restarts, for life. */
const atMost = (limit: number): RestartPolicy =>
  restartPolicy({
    name: "at-most",
    initial: () => 0,
    launch: (count: number, { cause }) => {
      if (cause === "start") return [count, launch()];
      return count < limit ? [count + 1, launch()] : [count, refuse("window-full", null)];
    },
  }) as RestartPolicy;

const crash = [
  { runMs: 10, exit: FAILED },
  { runMs: 10, exit: { ...FAILED, code: 3 } },
];

describe("the end of a tree", () => {
  it("names the child of a spent budget, and the line before says why", async () => {
    const { lines, onEvent } = reading();
    const set = grove(
      (launcher) => ({
        budget: atMost(1),
        children: [
          { id: "db", launcher },
          {
            id: "web",
            tree: { budget: atMost(1), children: [{ id: "api", launcher }] },
            policy: delay(0),
          },
        ],
      }),
      { "web/api": [...crash, ...crash, ...crash, ...crash] },
      { id: "shop", onEvent },
    );
    await set.system.advance(1_000);
    expect(await set.tree.outcome).toMatchObject({ type: "refused", child: "web/api" });
    expect(lines).toMatchInlineSnapshot(`
      [
        "db  starting",
        "web  starting",
        "web/api  starting",
        "shop     all children are up",
        "web/api  failed after 10 ms: failed",
        "web/api  restarting, attempt 2",
        "web/api  failed after 10 ms: exit code 3",
        "web/api  not restarted any more: the limit of its window is reached (window-full)",
        "web      failed after 20 ms: api: window-full",
        "web      restarting, attempt 2",
        "web/api  starting",
        "web/api  failed after 10 ms: failed",
        "web/api  restarting, attempt 2",
        "web/api  failed after 10 ms: exit code 3",
        "web/api  not restarted any more: the limit of its window is reached (window-full)",
        "web      failed after 20 ms: api: window-full",
        "web      not restarted any more: the limit of its window is reached (window-full)",
        "db       asked to stop",
        "db       ended after 40 ms: cancelled",
        "shop     given up because of web/api",
      ]
    `);
  });

  it("names nobody where it was stopped", async () => {
    const { lines, onEvent } = reading();
    const set = grove((launcher) => ({ children: [{ id: "db", launcher }] }), {}, { onEvent });
    void set.tree.stop();
    await set.system.settle();
    expect(lines.at(-1)).toBe("tree  stopped");
  });

  it("names the child that could not be started", async () => {
    const { lines, onEvent } = reading();
    const script = { c: [{ throws: new Error("no port") }] };
    const set = grove((launcher) => ({ children: [{ id: "c", launcher }] }), script, { onEvent });
    await set.system.settle();
    expect(lines.at(-1)).toBe("tree  not started because of c");
  });
});
