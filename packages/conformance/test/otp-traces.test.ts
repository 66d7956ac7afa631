// What Erlang's supervisor did, a tree does: every start, stop, exit and answer, in the same order.

import { describe, expect, it } from "vitest";
import type { OtpCase } from "../../../config/testing/otp-case.ts";
import { goldenCases } from "../../../config/testing/vectors.ts";
import { wanted } from "./otp/case.js";
import { play } from "./otp/play.js";

const FILES = [
  "traces",
  "random",
  "start_failures",
  "shutdown",
  "auto_shutdown",
  "mailbox",
] as const;

describe.each(FILES)("OTP: otp_%s", (name) => {
  const cases = goldenCases<OtpCase>(new URL(`./vectors/otp_${name}.json`, import.meta.url));

  it.each(cases)("$id", (one) => {
    expect(play(one, false)).toEqual(wanted(one));
  });

  it.each(cases)("$id, its state saved and read back after every step", (one) => {
    expect(play(one, true)).toEqual(wanted(one));
  });
});
