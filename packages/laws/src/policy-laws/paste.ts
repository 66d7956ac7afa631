import type { Paste } from "../kernel/report.js";

/** A failure as a call that is a test: `call` is its beginning, up to where the options go. */
export function paste(call: string): Paste {
  return ({ law, input }) =>
    `${call}, { regressions: [{ law: ${JSON.stringify(law)}, input: ${lines(input)} }] });`;
}

/** A list one item a line, anything else on one line. */
function lines(input: unknown): string {
  if (!Array.isArray(input)) return JSON.stringify(input);
  return `[\n${input.map((item) => `  ${JSON.stringify(item)},\n`).join("")}]`;
}
