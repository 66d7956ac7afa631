// What a policy says about itself is what linters and this kit go by.

import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { trial } from "../kernel/law.js";
import { claimPlainJson } from "./pure-laws.js";
import type { PolicyLaw } from "./script-law.js";

export const describesItself: PolicyLaw = {
  name: "describes-itself",
  says: "`describe` is plain JSON: a kind, the options in force, and whole durations of at least 0",
  trial({ policy, describe }) {
    if (describe === undefined) return "it has no `describe`";
    return trial<null>({
      inputs: fc.constant(null),
      holds() {
        claimPlainJson(describe, "`describe`");
        const { kind, options, timesMs, limit = 0, windowMs = 0, capMs = 0 } = describe;
        claim(typeof policy.name === "string", () => `name is ${show(policy.name)}`);
        claim(typeof kind === "string", () => `kind is ${show(kind)}`);
        claim(typeof options === "object", () => `options are ${show(options)}`);
        claim(Array.isArray(timesMs), () => `timesMs is ${show(timesMs)}`);
        for (const ms of [...timesMs, windowMs, capMs, limit]) {
          const whole = Number.isSafeInteger(ms) && ms >= 0;
          claim(whole, () => `timesMs, windowMs, capMs and limit are whole, got ${show(ms)}`);
        }
      },
      show: () => `  ${show(describe)}`,
    });
  },
};
