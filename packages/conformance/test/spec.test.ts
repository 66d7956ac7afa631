// Every policy of the kit as JSON: read back it describes itself alike, or it is refused because it takes a
// function, or is a policy of one's own.

import { isPolicySpecError, policyFrom, toJson } from "@steadfast/spec";
import { describe, expect, it } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { composed } from "./kit/composed.js";
import { cores } from "./kit/cores.js";
import { presetRows } from "./kit/presets.js";
import { variants } from "./kit/variants.js";

/** The rows that JSON cannot hold, each for a function that it takes. */
const REFUSED = /a function|of your own/;

describe.each([
  ["cores", cores, 12],
  ["variants", variants, 0],
  ["presets", presetRows, 0],
] as const)("%s", (_, rows, most) => {
  const refused: string[] = [];

  it.each(rows.map(([name, policy]) => [name, policy] as const))("%s", (name, policy) => {
    try {
      const again = policyFrom(JSON.parse(JSON.stringify(toJson(policy))));
      expect(again.describe).toEqual(policy.describe);
      expect(again.initial()).toEqual(policy.initial());
    } catch (error) {
      if (!isPolicySpecError(error)) throw error;
      expect(error.message).toMatch(REFUSED);
      refused.push(name);
    }
  });

  it("and few of them are refused", () => {
    expect(refused.length).toBeLessThanOrEqual(most);
  });
});

it("whatever is composed of our policies is read back alike, or refused for a predicate", () => {
  law(composed(3), ([code, policy], reached) => {
    if (code.includes("when(")) {
      expect(() => toJson(policy)).toThrow(REFUSED);
      return;
    }
    expect(policyFrom(toJson(policy)).describe).toEqual(policy.describe);
    if ((policy.describe.members ?? []).length > 0) reached();
  });
});
