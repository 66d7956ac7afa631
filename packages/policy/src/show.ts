/**
 * Any value as a short text for an error message. Never throws, also not on a Proxy.
 */
export function show(value: unknown, length = 60): string {
  const text = plain(value);
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function plain(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "object":
      return shown(value);
    default:
      return String(value);
  }
}

function shown(value: object | null): string {
  try {
    return JSON.stringify(value) ?? "an object";
  } catch {
    return "an object";
  }
}
