import type { SupervisorEvent } from "@steadfast/supervisor";
import { expect, it } from "vitest";
import { childLines, verdictLine } from "../src/app/summary.js";
import { Tally } from "../src/app/tally.js";

const about = { id: "server", at: 0, attempt: 1, generation: 0 };
const exited = { ...about, type: "exited", uptimeMs: 0, failed: true, ordered: false } as const;

it("says per child attempts, restarts, refusals and causes, but no ends that were ordered", () => {
  const tally = new Tally();
  const events: SupervisorEvent[] = [
    { ...about, type: "launched", cause: "start" },
    { ...exited, exit: { kind: "signalled", signal: "SIGKILL" } },
    { ...about, type: "refused", reason: "window-full", retryAfterMs: 3 },
    { ...about, type: "launched", cause: "restart" },
    { ...exited, exit: { kind: "failed", code: 3 } },
    { ...exited, ordered: true, exit: { kind: "signalled", signal: "SIGTERM" } },
    { ...about, type: "refused", reason: "not-wanted", retryAfterMs: null },
  ];
  for (const event of events) tally.onEvent(event);
  expect(childLines(["server"], tally)[1]).toBe(
    "server            2         1         1  1 x SIGKILL, 1 x exit code 3",
  );
});

it("says whether the counts are equal", () => {
  const counted = { files: 2, words: 10 };
  expect(verdictLine(counted, counted)).toMatch(/^equal: 10 words in 2 files/);
  expect(verdictLine(counted, { files: 2, words: 11 })).toBe(
    "NOT EQUAL: 10 words in 2 files, but the undisturbed count finds 11 in 2",
  );
});
