const LENGTH = 60;

/** Any value as a short text for an error message. Never throws. */
export function shown(value: unknown): string {
  const text = plain(value);
  return text.length > LENGTH ? `${text.slice(0, LENGTH - 1)}…` : text;
}

function plain(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? "an object";
  } catch {
    return "an object"; // a cycle, a bigint inside, a Proxy
  }
}
