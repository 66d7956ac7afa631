// What stands in an order, checked before it is given.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";

const TEXT = "a text that is not blank";

const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";

/** Throws `PolicyOptionsError` for anything else than a text that is not blank. */
export function mustBeText(owner: string, option: string, value: string): string {
  if (!isText(value)) throw new PolicyOptionsError(owner, option, TEXT, value);
  return value;
}

/** Who orders a restart, and why. Throws `PolicyOptionsError`. */
export function restartOrder(order: { readonly requester?: string; readonly reason?: string }) {
  const read = readOptions("restart", order);
  const text = (key: keyof typeof order, fallback: string): string =>
    read.checked(key, TEXT, isText, fallback);
  return { requester: text("requester", "operator"), reason: text("reason", "restart()") };
}
