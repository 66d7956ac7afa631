import type { Law } from "./law.js";
import type { Paste } from "./unbroken.js";

/**
 * A failure as a call that is a test: `call` is its beginning, up to where the options go. What a law
 * cannot be tried without stands in it by name.
 */
export function paste(
  call: string,
  laws: readonly Pick<Law<never>, "name" | "needs">[] = [],
): Paste {
  return ({ law, input }) => {
    const { needs = [] } = laws.find(({ name }) => name === law) ?? {};
    const regression = `{ law: ${JSON.stringify(law)}, input: ${lines(input)} }`;
    return `${call}, { ${[...needs, `regressions: [${regression}]`].join(", ")} });`;
  };
}

/** A list of objects one item a line, a field that is such a list likewise, anything else on one line. */
function lines(input: unknown, indent = ""): string {
  if (typeof input !== "object" || input === null) return JSON.stringify(input);
  const parts = Object.values(input);
  if (!parts.some((part) => typeof part === "object" && part !== null))
    return JSON.stringify(input);
  const inner = `${indent}  `;
  if (Array.isArray(input)) {
    return `[\n${input.map((item) => `${inner}${JSON.stringify(item)},\n`).join("")}${indent}]`;
  }
  const fields = Object.entries(input).map(
    ([key, part]) => `${inner}${JSON.stringify(key)}: ${lines(part, inner)},\n`,
  );
  return `{\n${fields.join("")}${indent}}`;
}
