// Cases derived from the formulas of moby (commit 2454e42e3fda): restartmanager/restartmanager.go
// (ShouldRestart: 100 ms, doubled while below a minute, back to 0 after 10 s of running; N restarts of
// on-failure:N), daemon/monitor.go (what cannot be started again is left alone), container/container.go
// (an operator's start makes a new restart manager, with a count of 0).

import { describe, expect, test } from "vitest";
import { type DockerRestart, docker } from "../src/index.js";
import { after, ask, atOnce, COMPLETED, delaysOf, hand, NOT_STARTED, never } from "./asking.js";
import { crashesAfter, gaps, supervised } from "./supervised.js";

const HOUR = 3_600_000;
const SERIES = [100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 60_000, 60_000];

describe("the delay", () => {
  test("100 ms, doubled, up to a minute", () => {
    expect(delaysOf(docker({ restart: "always" }), Array(12).fill(9_999))).toEqual(SERIES);
  });

  test("a clean exit is delayed like a crash", () => {
    const preset = docker({ restart: "unless-stopped" });
    expect(delaysOf(preset, [0, 0, 0], COMPLETED)).toEqual([100, 200, 400]);
  });

  test.each([
    [9_999, [100, 200, 400, 800]],
    [10_000, [100, 200, 100, 200]],
  ])("the third run lasts %i ms", (runMs, delays) => {
    expect(delaysOf(docker({ restart: "always" }), [0, 0, runMs, 0])).toEqual(delays);
  });
});

describe("which exits", () => {
  test.each<[DockerRestart, string, string]>([
    ["no", "refuse", "refuse"],
    ["always", "launch", "launch"],
    ["unless-stopped", "launch", "launch"],
    ["on-failure", "launch", "refuse"],
    ["on-failure:3", "launch", "refuse"],
  ])("%s: after a crash %s, after a clean exit %s", (restart, crashed, completed) => {
    expect(hand(docker({ restart })).end(0).type).toBe(crashed);
    expect(hand(docker({ restart })).end(0, 0, COMPLETED).type).toBe(completed);
  });

  test("a container that cannot be started again is left alone", () => {
    const child = hand(docker({ restart: "always" }));
    expect(child.end(0)).toEqual(after(100));
    expect(child.end(100, 0, NOT_STARTED)).toEqual(never("given-up"));
  });

  test("by default nothing is restarted", async () => {
    const { at } = await supervised(docker(), crashesAfter(5), HOUR);
    expect(at).toEqual([0]);
  });
});

describe("the count of on-failure:N", () => {
  test("N restarts, and N + 1 runs", async () => {
    const { at, ended } = await supervised(
      docker({ restart: "on-failure:3" }),
      crashesAfter(5),
      HOUR,
    );
    expect(gaps(at)).toEqual([105, 205, 405]);
    expect(ended).toMatchObject({ type: "refused", reason: "cap-reached", retryAfterMs: null });
  });

  test("is not set back by a year of running: the third crash is the last", async () => {
    const preset = docker({ restart: "on-failure:2" });
    const { at, ended } = await supervised(preset, crashesAfter(8_760 * HOUR), 5 * 8_760 * HOUR);
    expect([at.length, ended?.type]).toEqual([3, "refused"]);
  });

  test.each([
    [9_999, 3],
    [10_000, 10],
  ])("fixed: runs of %i ms are %i runs", (runMs, runs) => {
    const child = hand(docker({ restart: "on-failure:2", fixed: true }));
    let launches = 1;
    for (let now = 0; launches < 10 && child.end(now, runMs).type === "launch"; now += 20_000) {
      launches++;
    }
    expect(launches).toBe(runs);
  });

  test("fixed: crashes in a row still reach it, also after a long run", () => {
    const child = hand(docker({ restart: "on-failure:2", fixed: true }));
    const answers = [HOUR, 0, 0].map((runMs, i) => child.end(i * HOUR, runMs).type);
    expect(answers).toEqual(["launch", "launch", "refuse"]);
  });

  test("an operator's start sets it back, and the delay", () => {
    const child = hand(docker({ restart: "on-failure:2" }));
    expect([child.end(0), child.end(0), child.end(0)]).toEqual([
      after(100),
      after(200),
      never("cap-reached"),
    ]);
    expect(child.send(ask("operator"), 0)).toEqual(atOnce);
    expect([child.end(0), child.end(0), child.end(0)]).toEqual([
      after(100),
      after(200),
      never("cap-reached"),
    ]);
  });

  test("0, and none, are unlimited", () => {
    for (const restart of ["on-failure", "on-failure:0"] as const) {
      expect(delaysOf(docker({ restart }), Array(50).fill(0)).at(-1)).toBe(60_000);
    }
  });
});

test("whatever --restart is told, the state is read", () => {
  const child = hand(docker({ restart: "on-failure:2" }));
  child.end(0);
  const saved: unknown = JSON.parse(JSON.stringify(child.state));
  for (const restart of ["no", "always", "on-failure:9"] as const) {
    expect(docker({ restart, fixed: true }).policy.parse(saved, 0)).toEqual(child.state);
  }
});

test.each([
  "",
  "sometimes",
  "always:3",
  "no:1",
  "on-failure:",
  "on-failure:-1",
  "on-failure:1.5",
  "on-failure:9007199254740993",
  null,
  5,
])("restart %s is not allowed", (restart) => {
  expect(() => docker({ restart: restart as DockerRestart })).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option: "restart" }),
  );
});
