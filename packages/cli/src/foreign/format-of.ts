// Which system a file is of: by its name where that is clear, else by what it holds.

import { basename } from "node:path";

export type Format =
  | "steadfast"
  | "procfile"
  | "pm2"
  | "systemd"
  | "compose"
  | "process-compose"
  | "supervisord";

const NAMES: readonly (readonly [pattern: RegExp, format: Format])[] = [
  [/^steadfast\.config\./, "steadfast"],
  [/^Procfile(\..+)?$/i, "procfile"],
  [/\.procfile$/i, "procfile"],
  [/^(ecosystem|pm2)(\.\w+)?\.(config\.)?(c?js|mjs|json|ya?ml)$/, "pm2"],
  [/\.service$/, "systemd"],
  [/^process-compose(\..+)?\.ya?ml$/, "process-compose"],
  [/^(docker-)?compose(\..+)?\.ya?ml$/, "compose"],
  [/^supervisord?.*\.(conf|ini)$/, "supervisord"],
];

/** By its name alone; null if that does not say. */
export function formatByName(file: string): Format | null {
  return NAMES.find(([pattern]) => pattern.test(basename(file)))?.[1] ?? null;
}

/** Of a parsed YAML or JSON file, by its keys. */
export function formatByKeys(value: unknown): Format {
  if (Array.isArray(value)) return "pm2";
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.includes("children")) return "steadfast";
  if (keys.includes("apps")) return "pm2";
  if (keys.includes("services")) return "compose";
  return keys.includes("processes") ? "process-compose" : "steadfast";
}
