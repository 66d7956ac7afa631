// Reads a file of another system: its services, and what of it does not map, with the line where it stands.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Finding, Imported } from "@steadfast/bridges";
import { fromCompose } from "@steadfast/bridges/compose";
import { fromEcosystem } from "@steadfast/bridges/pm2";
import { fromProcessCompose } from "@steadfast/bridges/process-compose";
import { fromProcfile } from "@steadfast/bridges/procfile";
import { fromSupervisord } from "@steadfast/bridges/supervisord";
import { type DropIn, fromUnit } from "@steadfast/bridges/systemd";
import { CliError } from "../cli-error.js";
import { loadModule } from "../load-module.js";
import { parseSource, readText, type SourceFile } from "../source-file.js";
import { type Format, formatByKeys, formatByName } from "./format-of.js";

export type Variables = { readonly [name: string]: string };

/** What was read, and where parts of it stand. */
export interface ForeignFile extends Imported {
  readonly format: Format;
}

/**
 * @param env what is filled in where a file names variables.
 * @throws CliError for what cannot be read, and for a file of our own.
 */
export async function importFile(file: string, cwd: string, env: Variables): Promise<ForeignFile> {
  const { format, imported, source } = await read(file, cwd, env);
  if (format === "steadfast") {
    throw new CliError("this is a configuration of steadfast itself, not one of another system", {
      file,
    });
  }
  const report = imported.report.map((finding) => placed(finding, source));
  return { format, services: imported.services, report };
}

interface Read {
  readonly format: Format;
  readonly imported: Imported;
  readonly source?: SourceFile;
}

const NOTHING: Imported = { services: [], report: [] };

async function read(file: string, cwd: string, env: Variables): Promise<Read> {
  const named = formatByName(file);
  if (/\.[cm]?[jt]s$/.test(file)) {
    const format = named ?? "pm2";
    const { value } = await loadModule(file, cwd);
    return { format, imported: ofObject(format, value, env) };
  }
  const text = readText(file, cwd);
  const lines = named && ofText(named, text, resolve(cwd, file), env);
  if (named && lines) return { format: named, imported: lines };
  if (!named && /^\s*\[(program:|supervisord|Unit|Service)/m.test(text)) {
    const format = /^\s*\[(Unit|Service)\]/m.test(text) ? "systemd" : "supervisord";
    return { format, imported: ofText(format, text, resolve(cwd, file), env) ?? NOTHING };
  }
  const source = parseSource(file, text);
  const format = named ?? formatByKeys(source.value);
  return { format, imported: ofObject(format, source.value, env), source };
}

/** A format of lines; null for the others. */
function ofText(format: Format, text: string, path: string, env: Variables): Imported | null {
  switch (format) {
    case "procfile":
      return fromProcfile(text);
    case "systemd":
      return fromUnit(text, { name: basename(path), dropIns: dropInsOf(path) });
    case "supervisord":
      return fromSupervisord(text, { env, here: resolve(path, "..") });
    default:
      return null;
  }
}

function ofObject(format: Format, value: unknown, env: Variables): Imported {
  switch (format) {
    case "pm2":
      return fromEcosystem(value);
    case "compose":
      return fromCompose(value, { env });
    case "process-compose":
      return fromProcessCompose(value, { env });
    default:
      return NOTHING;
  }
}

function dropInsOf(path: string): readonly DropIn[] {
  const folder = `${path}.d`;
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".conf"));
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** The line of a part of a parsed object, where its source is a text. */
function placed(finding: Finding, source: SourceFile | undefined): Finding {
  if (finding.line !== undefined || finding.path === undefined || !source) return finding;
  const { line } = source.placeOf(finding.path);
  return line === undefined ? finding : { ...finding, line };
}
