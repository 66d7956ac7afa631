import type { OptionsReader } from "@steadfast/policy";

/** An option that is true or false, and false unless given. */
export function flag<Options>(read: OptionsReader<Options>, key: keyof Options & string): boolean {
  return read.checked(key, "true or false", (value) => typeof value === "boolean", false);
}
