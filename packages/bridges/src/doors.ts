// What is checked at the doors of importers, compilers and bridges. What a source says is reported; what a caller
// gives in the wrong kind is an error.

import { PolicyOptionsError } from "@steadfast/policy";

/** Refuses a source that is no text. */
export function readText(owner: string, text: unknown): void {
  if (typeof text !== "string") throw new PolicyOptionsError(owner, "text", "a text", text);
}

/** Refuses what is no function. */
export function readFunction(owner: string, option: string, value: unknown): void {
  if (typeof value !== "function") throw new PolicyOptionsError(owner, option, "a function", value);
}

/** Refuses options that are no object, before they are taken apart. */
export function readObject(owner: string, options: unknown): void {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return;
  throw new PolicyOptionsError(owner, "options", "an object", options);
}

/** Refuses what is no service. */
export function readService(owner: string, option: string, service: unknown): void {
  const { id, command } = (service ?? {}) as { readonly id?: unknown; readonly command?: unknown };
  if (isText(id) && isText(command)) return;
  throw new PolicyOptionsError(owner, option, "a service with an id and a command", service);
}

/** Refuses what is no list of services. */
export function readServices(owner: string, option: string, services: unknown): void {
  if (!Array.isArray(services)) {
    throw new PolicyOptionsError(owner, option, "a list of services", services);
  }
  for (const [i, one] of services.entries()) readService(owner, `${option}[${i}]`, one);
}

/** Whether it is true or false. */
export const isFlag = (value: unknown): boolean => typeof value === "boolean";

/** Whether it is a text. */
export const isText = (value: unknown): boolean => typeof value === "string";

/** Whether it is a map of texts. */
export function isTexts(value: unknown): boolean {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every((one) => one === undefined || isText(one));
}
