// A figure is a number, or there is none: no page says NaN.

import { expect, it } from "vitest";
import { finite } from "../src/finite.ts";
import { otpFigures } from "../src/suites/restarts.ts";

it.each([Number.NaN, Number.POSITIVE_INFINITY])("%s is no figure, and is named", (value) => {
  expect(() => finite({ bytes: 1, micros: value })).toThrow(`micros is ${value}, not a number`);
  expect(finite({ bytes: 1, micros: 0 })).toEqual({ bytes: 1, micros: 0 });
});

it("OTP's figures are found among its reports, and missed by name", () => {
  const printed = "=SUPERVISOR REPORT====\n\nfigures 1973 5355\n=CRASH REPORT====\n";
  expect(otpFigures(printed)).toEqual({ perCpu: 5355, perSecond: 1973 });
  expect(() => otpFigures("1973")).toThrow("restarts.escript printed no figures: 1973");
});
