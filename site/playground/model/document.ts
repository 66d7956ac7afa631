// A document as text, for the address and for those who write it by hand. A short form stands as it is, all else is JSON.

import type { Json } from "@steadfast/policy";
import { MOST, type PolicyDocument } from "./scene.ts";

/** More levels than any policy of `MOST.depth` needs, its curve and jitter included. */
const MOST_LEVELS = 40;

export type Read =
  | { readonly document: PolicyDocument; readonly fault: null }
  | { readonly document: null; readonly fault: string };

/** The document that a text holds, or what is wrong with the text. Whether it is a policy is not asked here. */
export function readDocument(text: string): Read {
  const fault = (message: string): Read => ({ document: null, fault: message });
  if (text.length > MOST.document) {
    return fault(`must be at most ${MOST.document} characters, got ${text.length}`);
  }
  const trimmed = text.trim();
  if (!/^[{["]/.test(trimmed)) return { document: trimmed, fault: null };
  try {
    const document = JSON.parse(trimmed) as Json;
    if (!isDeeperThan(document, MOST_LEVELS)) return { document, fault: null };
    return fault(`must be nested at most ${MOST_LEVELS} levels deep`);
  } catch (error) {
    return fault(`must be JSON, or a short form such as 10/10m: ${(error as Error).message}`);
  }
}

function isDeeperThan(json: Json, levels: number): boolean {
  if (typeof json !== "object" || json === null) return false;
  return levels === 0 || Object.values(json).some((one) => isDeeperThan(one as Json, levels - 1));
}

/** The text of a document: `readDocument` reads the same. `space`: as in JSON.stringify. */
export function documentText(document: PolicyDocument, space = 0): string {
  const isPlain = typeof document === "string" && /^[^\s{["](?:.*\S)?$/s.test(document);
  return isPlain ? document : JSON.stringify(document, null, space);
}
