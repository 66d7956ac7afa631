// The round trip: what is written and read again decides the same, keeps the same states, and is written
// the same.

import { keyed, type Policy, type RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { keyedFrom, policyFrom, presetFrom, toJson } from "../src/index.js";
import { schema } from "../src/schema/schema.js";
import { byHand, presetByHand } from "./by-hand.js";
import { lives, told } from "./lives.js";
import { accepts, sample, within } from "./sampler.js";

type Steps = ReturnType<typeof told>;

/** Whether anything was decided but a launch at once. */
function isInteresting(steps: Steps): boolean {
  return steps.some(([, decision]) => {
    const { type, delayMs } = decision as { readonly type: string; readonly delayMs?: number };
    return type === "refuse" || (delayMs ?? 0) > 0;
  });
}

/** So many of them in each run of a property. */
const many = <One>(ones: fc.Arbitrary<One>) => fc.array(ones, { minLength: 4, maxLength: 4 });

/** A law about one, tried with many. */
function laws<One>(ones: fc.Arbitrary<One>, holds: (one: One, reached: () => void) => void): void {
  law(many(ones), (all, reached) => {
    for (const one of all) holds(one, reached);
  });
}

/** Equal to the letter: states and decisions are plain JSON. */
function expectSame(one: unknown, other: unknown): void {
  const [said, meant] = [JSON.stringify(one), JSON.stringify(other)];
  if (said !== meant) expect(one).toEqual(other);
  expect(said).toBe(meant);
}

const withLife = (policies: fc.Arbitrary<RestartPolicy>) =>
  policies.chain((policy) => fc.tuple(fc.constant(policy), lives(policy.describe.timesMs)));

describe("a policy made by hand", () => {
  it("is read back as one that decides the same and keeps the same states", () => {
    laws(withLife(byHand(2)), ([policy, life], reached) => {
      const again = policyFrom(JSON.parse(JSON.stringify(toJson(policy))));
      const steps = told(policy, life);
      expectSame(told(again, life), steps);
      expect(again.describe).toEqual(policy.describe);
      expect(again.name).toBe(policy.name);
      if (isInteresting(steps)) reached();
    });
  });

  it("is written in the words of the schema", () => {
    laws(byHand(2), (policy, reached) => {
      expect(accepts(schema, toJson(policy))).toBe(true);
      if ((policy.describe.members?.length ?? 0) > 0) reached();
    });
  });
});

describe("a document", () => {
  const documents = within(sample(schema, 2, { texts: true }), policyFrom);

  it("is written back in the one way there is, which stays", () => {
    laws(documents, (json, reached) => {
      const canonical = toJson(policyFrom(json));
      expect(toJson(policyFrom(canonical))).toEqual(canonical);
      expect(JSON.stringify(toJson(policyFrom(canonical)))).toBe(JSON.stringify(canonical));
      if (JSON.stringify(json) !== JSON.stringify(canonical)) reached();
    });
  });

  it("and its canonical form decide the same and keep the same states", () => {
    const both = documents.chain((json) =>
      fc.tuple(fc.constant(json), lives(policyFrom(json).describe.timesMs)),
    );
    laws(both, ([json, life], reached) => {
      const policy = policyFrom(json);
      const steps = told(policy, life);
      expectSame(told(policyFrom(toJson(policy)), life), steps);
      if (isInteresting(steps)) reached();
    });
  });
});

describe("a preset", () => {
  it("made by hand is read back with all that belongs to a supervisor", () => {
    const withExits = presetByHand.chain((made) =>
      fc.tuple(fc.constant(made), lives(made.preset.policy.describe.timesMs)),
    );
    laws(withExits, ([{ name, preset }, life], reached) => {
      const json = toJson(preset.policy);
      expect(json).toMatchObject({ preset: name });
      const { policy: own, isFailure: fails, restartLimit: _, ...rest } = preset as Loose;
      const { policy, isFailure, restartLimit: __, ...others } = presetFrom(json) as Loose;
      expect(others).toEqual(rest);
      const steps = told(own, life);
      expectSame(told(policy, life), steps);
      for (const { event } of life) {
        if (event.type === "exited") expect(isFailure(event.exit)).toBe(fails(event.exit));
      }
      if (isInteresting(steps)) reached();
    });
  });
});

type Loose = ReturnType<typeof presetFrom> & { readonly restartLimit?: unknown };

describe("a keyed policy", () => {
  const keys = fc.constantFrom("a", "b", "c", "__proto__");

  it("is read back by keyedFrom", () => {
    const all = fc
      .tuple(byHand(1), fc.nat(3))
      .chain(([policy, maxKeys]) =>
        fc.tuple(
          fc.constant(keyed(policy, { maxKeys })),
          lives(policy.describe.timesMs),
          fc.infiniteStream(keys),
        ),
      );
    laws(all, ([policy, life, names], reached) => {
      const again = keyedFrom(JSON.parse(JSON.stringify(toJson(policy))));
      const keyedLife = life.map(({ at, event }) => {
        return { at, event: { key: names.next().value as string, event } };
      });
      const steps = told(policy as Policy<unknown, unknown, unknown>, keyedLife);
      expectSame(told(again as Policy<unknown, unknown, unknown>, keyedLife), steps);
      expect(toJson(again)).toEqual(toJson(policy));
      if (isInteresting(steps)) reached();
    });
  });
});
