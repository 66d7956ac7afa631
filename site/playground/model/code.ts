// A document as TypeScript to paste: the factories with the options that the document has, durations in milliseconds.

import type { Json } from "@steadfast/policy";
import { durationFrom, isPolicySpecError, policyFrom, toJson } from "@steadfast/spec";
import { membersOf } from "./edit.ts";
import { isNode } from "./policy-in.ts";
import type { PolicyDocument } from "./scene.ts";

type Options = { readonly [option: string]: Json };

/** Where each name comes from; what is not here is of `@steadfast/policy`. */
const FROM: { readonly [pack: string]: readonly string[] } = {
  "@steadfast/backoff": [
    ...["backoff", "constant", "exponential", "linear", "steps", "table"],
    ...["decorrelated", "proportional"],
  ],
  "@steadfast/crash-budget": ["crashBudget", "decayingBudget"],
  "@steadfast/sliding-window": ["pausingWindow", "slidingWindow"],
};

/** What a short form says; the rest of its long form is defaults. */
const SAID = ["limit", "windowMs", "counts", "initialMs", "capMs", "factor", "jitter", "type"];

/** The code of a document that is a policy. */
export function codeOf(document: PolicyDocument): string {
  const used = new Map<string, Set<string>>();
  const use = (name: string, pack = packOf(name)): string => {
    used.set(pack, (used.get(pack) ?? new Set()).add(name));
    return name;
  };
  const code = policyCode(document, use, "");
  const imports = [...used]
    .sort(([one], [other]) => one.localeCompare(other, "en"))
    .map(([pack, names]) => `import { ${[...names].sort().join(", ")} } from "${pack}";`);
  return `${imports.join("\n")}\n\nconst policy = ${code};\n`;
}

type Use = (name: string, pack?: string) => string;

const packOf = (name: string): string =>
  Object.keys(FROM).find((pack) => FROM[pack]?.includes(name)) ?? "@steadfast/policy";

function policyCode(document: PolicyDocument, use: Use, indent: string): string {
  const node = typeof document === "string" ? spelledOut(document) : document;
  if (!isNode(node)) return JSON.stringify(node);
  const options = isNode(node.options) ? node.options : {};
  if (node.preset !== undefined) {
    const name = use(String(node.preset), "@steadfast/presets");
    return `${name}(${optionsCode(options, use)}).policy`;
  }
  const kind = use(String(node.kind));
  const members = membersOf(node).map((member) => policyCode(member, use, `${indent}  `));
  if (kind === "restartOn") return `restartOn(${JSON.stringify(typeOf(node))})`;
  if (kind === "coarse") return `coarse(${members.join("")}, ${millis(options.unitMs ?? null)})`;
  if (members.length === 0) return `${kind}(${optionsCode(options, use)})`;
  if (members.length === 1) return `${kind}(${members.join("")})`;
  return `${kind}(\n${members.map((one) => `${indent}  ${one},\n`).join("")}${indent})`;
}

function spelledOut(text: string): Json {
  const { kind, options = {} } = toJson(policyFrom(text)) as { kind: string; options?: Options };
  const said = Object.entries(options).filter(([name]) => SAID.includes(name));
  const isBackoff = kind === "backoff";
  const kept = said.filter(([name]) => !isBackoff || name !== "counts");
  return { kind, options: Object.fromEntries(kept) };
}

/** `restartOn` has short names for its types in documents only. */
function typeOf(node: Json): Json {
  const { options } = toJson(policyFrom(node)) as { options?: Options };
  return options?.type ?? null;
}

function optionsCode(options: Options, use: Use): string {
  const entries = Object.entries(options).map(
    ([name, value]) => `${name}: ${valueCode(name, value, use)}`,
  );
  return entries.length === 0 ? "" : `{ ${entries.join(", ")} }`;
}

function valueCode(name: string, value: Json, use: Use): string {
  if (name === "curve" && isNode(value)) return partCode(value, use);
  if (name === "jitter" && isNode(value)) {
    const isBand = value.kind === undefined;
    return isBand ? bandCode(value, use) : partCode(value, use);
  }
  return name.endsWith("Ms") ? millis(value) : JSON.stringify(value);
}

/** A curve or a jitter. */
function partCode(part: Options, use: Use): string {
  const kind = use(String(part.kind));
  const options = isNode(part.options) ? part.options : {};
  if (kind === "table") return `table(${millis(options.delaysMs ?? [])})`;
  if (kind === "proportional") return `${kind}(${bandCode(options, use)})`;
  return `${kind}(${optionsCode(options, use)})`;
}

/** Two ends in either order. */
function bandCode({ between, ...others }: Options, use: Use): string {
  const ends = Array.isArray(between) ? (between as number[]) : [];
  return optionsCode({ low: Math.min(...ends), high: Math.max(...ends), ...others }, use);
}

function millis(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((one: Json) => millis(one)).join(", ")}]`;
  if (typeof value === "string") return grouped(millisOf(value));
  return typeof value === "number" ? grouped(value) : JSON.stringify(value);
}

function millisOf(text: string): number {
  try {
    return durationFrom(text);
  } catch (error) {
    if (isPolicySpecError(error)) return Number.NaN;
    throw error;
  }
}

const grouped = (number: number): string =>
  Number.isInteger(number) ? String(number).replaceAll(/\B(?=(\d{3})+$)/g, "_") : String(number);
