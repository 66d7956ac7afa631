import { PolicyOptionsError } from "@steadfast/policy";

/** What Restate puts into a path: an object's name, a key. */
export function readName(owner: string, option: string, value: unknown): void {
  if (typeof value === "string" && value !== "") return;
  throw new PolicyOptionsError(owner, option, "a text that is not empty", value);
}
