// Is the twin right? Erlang's own supervisor says so.

import { describe, expect, it } from "vitest";
import type { OtpCase } from "../../../../config/testing/otp-case.ts";
import { goldenCases } from "../../../../config/testing/vectors.js";
import { playCase } from "./otp.js";
import { twinTree } from "./twin/twin.js";

const FILES = [
  "otp_traces",
  "otp_random",
  "otp_start_failures",
  "otp_shutdown",
  "otp_auto_shutdown",
];

describe.each([false, true])("the twin, its state through JSON: %s", (json) => {
  it.each(FILES)("does what OTP does in %s", (file) => {
    const cases = goldenCases<OtpCase>(new URL(`../vectors/${file}.json`, import.meta.url));
    const wrong = cases.flatMap((one) => {
      const why = playCase(twinTree, one, json);
      return why === null ? [] : [`${one.id} ${one.strategy} ${why}`];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(wrong.length).toBe(0);
  });
});
