// What a second terminal asks, as one line of JSON.

import { didYouMean } from "@steadfast/policy";

export type Request =
  | { readonly ask: "status" }
  | { readonly ask: "logs"; readonly name: string | null; readonly follow: boolean }
  | { readonly ask: "restart" | "reload"; readonly name: string }
  /** Without a name the whole stack. */
  | { readonly ask: "stop"; readonly name: string | null };

const ASKS: readonly string[] = ["status", "logs", "restart", "reload", "stop"];

/** The request; a text that says what is wrong with it. Never throws. */
export function readRequest(line: string): Request | string {
  const raw = parsed(line);
  if (typeof raw !== "object" || raw === null) return "a request is one line with a JSON object";
  const { ask, name = null, follow = false } = raw as { readonly [key: string]: unknown };
  if (typeof ask !== "string" || !ASKS.includes(ask)) {
    return `ask must be one of ${ASKS.join(", ")} ${didYouMean(ask, ASKS)}`.trim();
  }
  if (name !== null && typeof name !== "string") return "name must be a text";
  if (typeof follow !== "boolean") return "follow must be true or false";
  if (name === null && (ask === "restart" || ask === "reload")) return `${ask} needs a name`;
  return { ask, name, follow } as Request;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
