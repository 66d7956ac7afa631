// Finds and reads a stack: a configuration of our own, or a file of another system.

import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { CliError } from "../cli-error.js";
import { stackOf } from "../config/stack-of.js";
import { formatByKeys, formatByName } from "../foreign/format-of.js";
import { importFile, type Variables } from "../foreign/import-file.js";
import { loadModule } from "../load-module.js";
import { parseSource, readText, type SourceFile } from "../source-file.js";
import type { Stack } from "./stack.js";

const OWN = ["mjs", "js", "ts", "mts", "yaml", "yml", "json"].map(
  (end) => `steadfast.config.${end}`,
);

/** What is looked for in a folder, in this order. */
export const LOOKED_FOR: readonly string[] = [...OWN, "Procfile"];

/**
 * @param file as the person named it; undefined: the first of `LOOKED_FOR` in the folder.
 * @throws CliError with the place of what is wrong.
 */
export async function readStack(
  file: string | undefined,
  cwd: string,
  env: Variables,
): Promise<Stack> {
  const name = file ?? LOOKED_FOR.find((one) => existsSync(resolve(cwd, one)));
  if (name === undefined) {
    throw new CliError(
      `there is nothing to start in ${cwd}: no ${LOOKED_FOR.join(", no ")}; name a file`,
    );
  }
  const folder = dirname(resolve(cwd, name));
  const own = await ownSource(name, cwd);
  const stack = own ? stackOf(own, folder) : await foreignStack(name, cwd, folder, env);
  if (stack.services.length > 0) return stack;
  throw new CliError("there is nothing in it that can be started", { file: name });
}

/** Null for a file of another system. */
async function ownSource(file: string, cwd: string): Promise<SourceFile | null> {
  const named = formatByName(file);
  if (named !== null && named !== "steadfast") return null;
  if (/\.[cm]?[jt]s$/.test(file)) return moduleSource(file, cwd);
  if (!/\.(json|ya?ml)$/.test(file)) return null;
  const source = parseSource(file, readText(file, cwd));
  return named === "steadfast" || formatByKeys(source.value) === "steadfast" ? source : null;
}

/** What a module exports has no lines: what is wrong is said with the file alone. */
async function moduleSource(file: string, cwd: string): Promise<SourceFile> {
  const { value } = await loadModule(file, cwd);
  const placeOf = () => ({ file });
  return { file, text: "", value, placeOf, error: (_, message) => new CliError(message, { file }) };
}

async function foreignStack(
  file: string,
  cwd: string,
  folder: string,
  env: Variables,
): Promise<Stack> {
  const { services, report } = await importFile(file, cwd, env);
  return {
    name: basename(folder).replaceAll(/\s+/g, "-"),
    folder,
    services: services.map((service) => ({ ...service, cwd: resolve(folder, service.cwd ?? ".") })),
    watch: {},
    report,
  };
}
