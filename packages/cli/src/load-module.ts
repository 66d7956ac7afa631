// A configuration that is a program: what it exports by default. TypeScript where this Node strips types.

import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CliError, messageOf } from "./cli-error.js";

/** @throws CliError for what is not there, cannot be loaded, or exports nothing by default. */
export async function loadModule(file: string, cwd: string): Promise<{ readonly value: unknown }> {
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new CliError("there is no such file", { file });
  if (/^\.[cm]?ts$/.test(extname(path)) && !stripsTypes()) {
    const message = `Node ${process.versions.node} does not strip types: use Node 22.18 or later, or write it as .mjs`;
    throw new CliError(message, { file });
  }
  const loaded = await load(path, file);
  const value = loaded.default;
  if (value === undefined) throw new CliError("it has no default export", { file });
  return { value };
}

function stripsTypes(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

async function load(path: string, file: string): Promise<{ readonly default?: unknown }> {
  try {
    return (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new CliError(`it cannot be loaded: ${messageOf(error)}`, { file });
  }
}
