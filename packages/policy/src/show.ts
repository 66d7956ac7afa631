/**
 * Any value as a short text for an error message: JSON, or the name of its class where that is empty.
 * Never throws, also not on a Proxy.
 */
export function show(value: unknown, length = 60): string {
  const text = plain(value);
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function plain(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  try {
    const json = typeof value === "number" ? String(value) : JSON.stringify(value);
    return json === "{}" ? String(value).replace("[object Object]", json) : (json ?? String(value));
  } catch {
    return "an object";
  }
}
