import { durationFrom, isPolicySpecError } from "@steadfast/spec";
import { CliError } from "./cli-error.js";

/** `10s` in milliseconds. Throws CliError that names the option. */
export function millisOf(text: string, option: string): number {
  try {
    return durationFrom(text);
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    throw new CliError(error.message.replace("duration", option));
  }
}
