// What of a foreign file does not map, a line each, with the place where it stands.

import type { Finding } from "@steadfast/bridges";
import type { Output } from "../output.js";

/** @param file as the person named it. */
export function reportLines(
  report: readonly Finding[],
  file: string,
  paint: Output["paint"],
): readonly string[] {
  return report.map(({ kind, part, message, line, file: other }) => {
    const place = [other ?? file, line].filter((one) => one !== undefined).join(":");
    return `${place}: ${paint("warn", kind)} ${part}: ${message}`;
  });
}
