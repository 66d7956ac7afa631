// Changes of a document by forms: each answers another document, and what is not touched stays as it was written.

import type { Json } from "@steadfast/policy";
import { begun, choiceOf } from "./begun.ts";
import { KINDS } from "./fields.ts";
import { isNode } from "./policy-in.ts";
import type { PolicyDocument } from "./scene.ts";

export function membersOf(document: PolicyDocument): readonly PolicyDocument[] {
  return isNode(document) && Array.isArray(document.members) ? document.members : [];
}

/** With the policies at two places of one list exchanged. */
export function withSwapped(document: PolicyDocument, one: number, other: number): PolicyDocument {
  const members = [...membersOf(document)];
  const [a, b] = [members[one], members[other]];
  if (!isNode(document) || a === undefined || b === undefined) return document;
  members[one] = b;
  members[other] = a;
  return { ...document, members };
}

export function withMember(document: PolicyDocument, member: PolicyDocument): PolicyDocument {
  if (!isNode(document)) return document;
  return { ...document, members: [...membersOf(document), member] };
}

/** With an option, or what is in it, set; undefined leaves it out. An object that is empty then is left out, too. */
export function withOption(
  document: PolicyDocument,
  path: readonly string[],
  value: Json | undefined,
): PolicyDocument {
  return isNode(document) ? (set(document, ["options", ...path], value) ?? {}) : document;
}

function set(json: Json | undefined, path: readonly string[], value: Json | undefined) {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const { [first]: old, ...others } = isNode(json) ? json : {};
  const one: Json | undefined = set(old, rest, value);
  // The place of the field among the others stays.
  const all = isNode(json) && first in json ? Object.keys(json) : [...Object.keys(others), first];
  const entries = all.flatMap((name): [string, Json][] => {
    const kept = name === first ? one : others[name];
    return kept === undefined ? [] : [[name, kept]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * Another kind of policy at the same place: what is made of policies keeps those that fit in, and what was not goes into it. The same
 * kind keeps its options.
 */
export function retyped(document: PolicyDocument, choice: string): PolicyDocument {
  const fresh = begun(choice);
  if (choice === choiceOf(document)) return document;
  const form = KINDS.get(choice);
  if (form === undefined || form.members === 0 || !isNode(fresh)) return fresh;
  const own = membersOf(document);
  const kept = own.length > 0 ? own : [document];
  return { ...fresh, members: form.members === 1 ? kept.slice(0, 1) : [...kept] };
}

/** A policy with another around it. */
export function wrapped(document: PolicyDocument, kind: string): PolicyDocument {
  const fresh = begun(kind);
  return isNode(fresh) ? { ...fresh, members: [document] } : document;
}
