import { describe, expect, it } from "vitest";
import { didYouMean } from "../src/index.js";

const BACKOFF = ["initialMs", "factor", "capMs", "curve", "jitter", "resetAfterMs"];
const SUPERVISE = ["policy", "onNotYet", "onEvent", "gracePeriodMs", "readyTimeoutMs", "signal"];
const PM2 = ["maxRestarts", "minUptimeMs", "restartDelayMs", "expBackoffRestartDelayMs"];

/** An object that throws when it is asked for its text, as one that came from JSON may do. */
const NAMELESS = { toString: 1, valueOf: 1, toJSON: () => "nameless" };

describe("didYouMean", () => {
  it.each([
    ["maxMs", BACKOFF, "capMs"],
    ["cap", BACKOFF, "capMs"],
    ["capSeconds", BACKOFF, "capMs"],
    ["initial", BACKOFF, "initialMs"],
    ["intialMs", BACKOFF, "initialMs"],
    ["CAPMS", BACKOFF, "capMs"],
    ["jittr", BACKOFF, "jitter"],
    ["ijtter", BACKOFF, "jitter"],
    ["resetAfter", BACKOFF, "resetAfterMs"],
    ["gracePeriod", SUPERVISE, "gracePeriodMs"],
    ["grace_period_ms", SUPERVISE, "gracePeriodMs"],
    ["readyTimeout", SUPERVISE, "readyTimeoutMs"],
    ["onNotyet", SUPERVISE, "onNotYet"],
    ["max_restarts", PM2, "maxRestarts"],
    ["min_uptime", PM2, "minUptimeMs"],
    ["restart_delay", PM2, "restartDelayMs"],
    ["window", ["limit", "windowMs"], "windowMs"],
    ["lauch", ["exited", "healthy", "reset", "launch"], "launch"],
    ["exit", ["exited", "healthy", "reset", "launch"], "exited"],
  ])("%s of %j is %s", (wrong, known, right) => {
    expect(didYouMean(wrong, known)).toBe(`did you mean ${right}?`);
  });

  it.each([
    ["colour", BACKOFF],
    ["ttlMs", ["maxKeys"]],
    ["", BACKOFF],
    ["x", BACKOFF],
    ["maxMs", []],
  ])("%j of %j is nothing", (wrong, known) => {
    expect(didYouMean(wrong, known)).toBe("");
  });

  it("takes the first of several that are equally near", () => {
    expect(didYouMean("bat", ["cat", "hat"])).toBe("did you mean cat?");
    expect(didYouMean("bat", ["hat", "cat"])).toBe("did you mean hat?");
  });

  it.each([undefined, null, 5, {}, Symbol("x"), () => 1, NAMELESS])(
    "knows nothing near %s",
    (wrong) => {
      expect(didYouMean(wrong, ["x"])).toBe("");
    },
  );

  it("passes over what is no name", () => {
    expect(didYouMean("fals", [true, false, null, "false"])).toBe("did you mean false?");
  });

  it("is quick and quiet about a name of a million letters", () => {
    expect(didYouMean("x".repeat(1_000_000), BACKOFF)).toBe("");
  });
});
