// What holds for options that are left out.

import type { Json } from "@steadfast/policy";
import { isPolicySpecError, policyFrom, toJson } from "@steadfast/spec";
import { begun, choiceOf } from "./begun.ts";
import { isNode } from "./policy-in.ts";
import type { PolicyDocument } from "./scene.ts";

type Options = { readonly [option: string]: Json };

/** All options in force of a document, its defaults filled in; of one that is wrong, those of a fresh one of its kind. */
export function usualOf(document: PolicyDocument): Options {
  return inForce(document) ?? inForce(begun(choiceOf(document))) ?? {};
}

function inForce(document: PolicyDocument): Options | null {
  if (!isNode(document) || document.members !== undefined) return null; // what is made of policies has no defaults
  try {
    const { options } = toJson(policyFrom(document)) as { readonly options?: Options };
    return options ?? null;
  } catch (error) {
    if (isPolicySpecError(error)) return null;
    throw error;
  }
}
