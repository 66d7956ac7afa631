// The shortest document of a policy: options that say what holds without them are left out, and durations are texts.

import type { Json, RestartPolicy } from "@steadfast/policy";
import { durationText, policyFrom, toJson } from "@steadfast/spec";
import type { PolicyDocument } from "../../../../site/playground/model/scene.ts";

interface Node {
  readonly kind: string;
  readonly options?: { readonly [name: string]: Json };
  readonly members?: readonly Json[];
}

/** The document of a policy, with all its options. */
export const documentOf = (policy: RestartPolicy) => toJson(policy) as unknown as PolicyDocument;

const text = (document: Json) => JSON.stringify(toJson(policyFrom(document)));

/** Both documents are the same policy. What is none is no reason to fail: it is not the same. */
export function areSame(one: Json, other: Json): boolean {
  try {
    return text(one) === text(other);
  } catch {
    return false;
  }
}

/** Of what `documentOf` has answered. */
export function shortest(document: PolicyDocument): PolicyDocument {
  const { kind, options = {}, members } = document as unknown as Node;
  const kept = Object.entries(options).reduce((short, [name]) => {
    const { [name]: _, ...others } = short;
    return areSame({ kind, options: others, ...withMembers(members) }, document) ? others : short;
  }, options);
  const said = Object.fromEntries(
    Object.entries(kept).map(([name, value]) => [name, spoken(name, value)]),
  );
  const all = members?.map((member) => shortest(member));
  return {
    kind,
    ...(Object.keys(said).length === 0 ? {} : { options: said }),
    ...withMembers(all),
  };
}

const withMembers = (members: readonly Json[] | undefined) =>
  members === undefined ? {} : { members: [...members] };

/** A duration as a text, where it is one: `10m` instead of 600000. */
function spoken(name: string, value: Json): Json {
  if (name === "curve") return shortestPart(value);
  if (!name.endsWith("Ms") || typeof value !== "number" || !Number.isInteger(value)) return value;
  return value > LONGEST_MS ? value : durationText(value);
}

/** The longest that has a text. */
const LONGEST_MS = 8_639_999_999_999_999;

/** A curve, with its durations as texts. */
function shortestPart(part: Json): Json {
  const { kind, options = {} } = part as unknown as Node;
  const said = Object.entries(options).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((one: Json) => spoken(name, one)) : spoken(name, value),
  ]);
  return { kind, options: Object.fromEntries(said) as { readonly [name: string]: Json } };
}
