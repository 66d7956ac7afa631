// The programs of a supervisord.conf.

import { type Json, readArguments, readOptions } from "@steadfast/policy";
import { isText, isTexts, readText } from "../doors.js";
import { changed, dropped, type Finding, type Imported } from "../imported.js";
import { given } from "../object-reader.js";
import { ownEntry, setEntry } from "../own-entry.js";
import { isId, MOST_REPLICAS, NO_ID, type Service, type ServiceStop } from "../service.js";
import { shellWords } from "../shell-words.js";
import { NO_STOP_SIGNAL, requestOf } from "../signal-of.js";
import { type Entry, type IniSection, iniSections } from "./ini.js";

/**
 * What supervisord knows besides the text.
 * @since 0.1.0
 */
export interface FromSupervisordOptions {
  /** Variables for `%(ENV_NAME)s`. Default: none, and each is reported. */
  readonly env?: { readonly [name: string]: string };
  /** The folder of the file, for `%(here)s`. Default: none, and it is reported. */
  readonly here?: string;
}

const OUTPUT = "its output goes where the host's goes";
const REASONS: { readonly [key: string]: string } = {
  user: "it runs as the user of the host",
  priority: "services are started in the order of the file, or by `after`",
  umask: "it has the umask of the host",
  redirect_stderr: OUTPUT,
  serverurl: "there is no server",
};

/**
 * Reads the programs of a configuration file of supervisord.
 *
 * Decides: each `[program:x]` is a service with the preset `supervisord` and its own `startsecs`, `startretries`,
 * `autorestart` and `exitcodes`; command (split as a shell does, without a shell), folder, variables, `numprocs` as
 * replicas, stop signal, time to stop, and who gets the signals. A program with `autostart=false` is left out and
 * reported, and so is everything that has no counterpart, by line.
 * Edge: seconds are whole in supervisord; a comment begins with a `;` or a `#` that has a blank before it, also in a command; a section that is there twice is one.
 * Effect on state: none. Errors: `PolicyOptionsError` for a bad argument, none for what a
 * text says.
 * Source: Supervisor 4, `supervisor/options.py` (`processes_from_section`, `UnhosedConfigParser`).
 *
 * @since 0.1.0
 * @example
 * const { services } = fromSupervisord("[program:web]\ncommand=web --port 80\nautorestart=true\nstopsignal=QUIT");
 * services[0]?.policy; // => { preset: "supervisord", options: { autorestart: true } }
 * services[0]?.stop; // => { signal: "SIGQUIT", killScope: "process" }
 */
export function fromSupervisord(text: string, options: FromSupervisordOptions = {}): Imported {
  readArguments("fromSupervisord", arguments, 2);
  readText("fromSupervisord", text);
  const own = readOptions("fromSupervisord", options);
  own.checked<unknown>("env", "an object of texts", isTexts, null);
  own.checked<unknown>("here", "a text", isText, null);
  own.end();
  const report: Finding[] = [];
  const { sections, strays } = iniSections(text);
  for (const { value, line } of strays) {
    report.push({ ...dropped(value.slice(0, 60), "it is no setting"), line });
  }
  const services = sections.flatMap((section) => {
    const [kind, id] = section.name.split(/:(.*)/s);
    if (kind === "program" && id && isId(id)) return programOf(section, id, options, report) ?? [];
    const own = ["supervisord", "unix_http_server", "inet_http_server", "supervisorctl"];
    if (own.includes(section.name) || kind === "rpcinterface") return []; // about supervisord itself
    const why = kind === "program" ? NO_ID : "it has no counterpart here";
    report.push({ ...dropped(section.name, why), line: section.line });
    return [];
  });
  return { services, report: report.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

const TRUE = ["true", "yes", "on", "1", "t", "y"];
const FALSE = ["false", "no", "off", "0", "f", "n"];

/** What `%(NAME)s` stands for in a program. */
function knownOf(id: string, { here, env = {} }: FromSupervisordOptions) {
  const known: { [name: string]: string } = { program_name: id, group_name: id };
  if (here !== undefined) known.here = here;
  for (const [name, value] of Object.entries(env)) known[`ENV_${name}`] = value;
  return known;
}

/** Reads one section, and reports what nobody has read. */
function reading(
  section: IniSection,
  id: string,
  options: FromSupervisordOptions,
  report: Finding[],
) {
  const seen = new Set<string>();
  const known = knownOf(id, options);

  function say(key: string, make: typeof dropped, message: string): void {
    const line = section.entries.get(key)?.line ?? section.line;
    report.push({ ...make(key, message), line });
  }

  function filled(key: string, { value }: Entry): string {
    return value.replaceAll(/%\((\w+)\)\d*[sd]|%%/g, (whole, name?: string) => {
      if (name === undefined) return "%";
      const text = ownEntry(known, name);
      if (text === undefined) say(key, changed, `${whole} is not known here`);
      return text ?? whole;
    });
  }

  function text(key: string): string | undefined {
    seen.add(key);
    const entry = section.entries.get(key);
    return entry && filled(key, entry);
  }

  function count(key: string, least = 0, most = 1e12): number | undefined {
    const value = text(key);
    if (value === undefined) return undefined;
    const isWhole = /^-?\d{1,15}$/.test(value);
    if (isWhole && Number(value) >= least && Number(value) <= most) return Number(value);
    say(key, dropped, `it is no whole number from ${least} to ${most}; the default holds`);
    return undefined;
  }

  function flag(key: string): boolean | undefined {
    const value = text(key)?.toLowerCase();
    if (value === undefined) return undefined;
    if (TRUE.includes(value) || FALSE.includes(value)) return TRUE.includes(value);
    say(key, dropped, "it is neither true nor false; the default holds");
    return undefined;
  }

  function end(): void {
    for (const key of section.entries.keys()) {
      if (seen.has(key)) continue;
      const isOutput = /^std(out|err)_/.test(key);
      say(
        key,
        dropped,
        ownEntry(REASONS, key) ?? (isOutput ? OUTPUT : "it has no counterpart here"),
      );
    }
  }
  return { say, text, count, flag, skip: (key: string) => seen.add(key), end };
}

type Reading = ReturnType<typeof reading>;

function programOf(
  section: IniSection,
  id: string,
  options: FromSupervisordOptions,
  report: Finding[],
): Service | null {
  const read = reading(section, id, options, report);
  const [command, ...args] = shellWords(read.text("command") ?? "") ?? [];
  if (command === undefined) {
    report.push({ ...dropped(id, "it has no command, and is left out"), line: section.line });
    return null;
  }
  if (read.flag("autostart") === false) {
    read.say("autostart", dropped, `${id} is not started by itself, and is left out`);
    return null;
  }
  read.skip("process_name");
  const replicas = read.count("numprocs", 1, MOST_REPLICAS);
  const service = {
    id,
    command,
    policy: { preset: "supervisord", options: restartOptions(read) } as const,
    ...given({
      args,
      cwd: read.text("directory"),
      env: environmentOf(read),
      stop: stopOf(read),
      replicas: replicas === 1 ? undefined : replicas,
    }),
  };
  read.skip("numprocs_start");
  read.end();
  return service;
}

function restartOptions(read: Reading): { readonly [option: string]: Json } {
  const startMs = read.count("startsecs");
  const restart = read.text("autorestart")?.toLowerCase();
  const isWord = restart !== undefined && ["unexpected", "true", "false"].includes(restart);
  if (restart !== undefined && !isWord) {
    read.say("autorestart", dropped, "it must be true, false or unexpected; the default holds");
  }
  const codes = read
    .text("exitcodes")
    ?.split(",")
    .map((code) => code.trim());
  const exitCodes = codes?.filter((code) => /^\d{1,3}$/.test(code)).map(Number);
  if (codes && exitCodes?.length !== codes.length) {
    read.say("exitcodes", dropped, "a code is a whole number");
  }
  return given({
    startMs: startMs === undefined ? undefined : startMs * 1_000,
    startRetries: read.count("startretries"),
    autorestart: isWord ? (restart === "unexpected" ? restart : restart === "true") : undefined,
    exitCodes,
  }) as { readonly [option: string]: Json };
}

function stopOf(read: Reading): ServiceStop {
  const word = read.text("stopsignal");
  const signal = word === undefined ? undefined : requestOf(word.toUpperCase());
  if (signal === null) read.say("stopsignal", dropped, NO_STOP_SIGNAL);
  const seconds = read.count("stopwaitsecs");
  const all = read.flag("stopasgroup") ?? false;
  const killsAll = read.flag("killasgroup") ?? all;
  return given({
    signal: signal ?? undefined,
    gracePeriodMs: seconds === undefined ? undefined : seconds * 1_000,
    killScope: all ? "group" : killsAll ? "mixed" : "process",
  }) as ServiceStop;
}

/** `A="1",B=two`: pairs with commas or line ends between them. */
function environmentOf(read: Reading): { readonly [name: string]: string } {
  const env: { [name: string]: string } = {};
  const PAIR = /\s*([A-Za-z_]\w*)\s*=\s*("[^"]*"|'[^']*'|[^,\n]*?)\s*(?:,|\n|$)/y;
  const text = read.text("environment") ?? "";
  while (PAIR.lastIndex < text.length) {
    const [, name, value = ""] = PAIR.exec(text) ?? [];
    if (name === undefined) {
      read.say("environment", dropped, "what follows is no NAME=value");
      break;
    }
    setEntry(env, name, value.replace(/^(["'])(.*)\1$/s, "$2"));
  }
  return env;
}
