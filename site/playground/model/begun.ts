// What a policy begins as when it is chosen in a form: its required options have values that say something, the others are left out.

import type { Json } from "@steadfast/policy";
import { type Form, KINDS, PRESETS } from "./fields.ts";
import { isNode } from "./policy-in.ts";
import type { PolicyDocument } from "./scene.ts";

const BEGIN: { readonly [option: string]: Json } = {
  between: [0.5, 1.5],
  delayMs: "1s",
  delaysMs: ["1s", "5s", "30s"],
  incrementMs: "500ms",
  initialMs: "200ms",
  limit: 5,
  maxMs: "30s",
  pauseMs: "1m",
  restarts: 5,
  steps: 5,
  type: "transient",
  unitMs: "1s",
  windowMs: "30s",
};

const LIMIT: Json = { kind: "slidingWindow", options: { limit: 5, windowMs: "30s" } };
const DELAY: Json = { kind: "backoff", options: { initialMs: "200ms", capMs: "30s" } };

function optionsOf(form: Form): { readonly options?: { readonly [option: string]: Json } } {
  const required = form.fields.filter((field) => field.required);
  if (required.length === 0) return {};
  return { options: Object.fromEntries(required.map(({ name }) => [name, BEGIN[name] ?? null])) };
}

/** A curve or a jitter of a kind. */
export function begunPart(form: Form): Json {
  return { kind: form.name, ...optionsOf(form) };
}

/** A policy by the name of its kind, or `preset:` and the name of the preset, or a `short` form. */
export function begun(choice: string): PolicyDocument {
  if (choice === "short") return "5/30s";
  const preset = PRESETS.get(choice.replace(/^preset:/, ""));
  if (choice.startsWith("preset:")) return preset ? { preset: preset.name } : LIMIT;
  const form = KINDS.get(choice);
  if (form === undefined) return LIMIT;
  const members =
    form.members === 0 ? {} : { members: form.members === 1 ? [LIMIT] : [DELAY, LIMIT] };
  return { kind: form.name, ...optionsOf(form), ...members };
}

/** What of `begun` a document is: the same text; "" for what is none. */
export function choiceOf(document: PolicyDocument): string {
  if (typeof document === "string") return "short";
  if (!isNode(document)) return "";
  const { kind, preset } = document;
  if (typeof preset === "string" && PRESETS.has(preset)) return `preset:${preset}`;
  return typeof kind === "string" && KINDS.has(kind) ? kind : "";
}
