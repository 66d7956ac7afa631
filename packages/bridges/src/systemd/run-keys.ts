// The settings of a unit that say what is run, with what, and after what.

import { ownEntry, setEntry } from "../own-entry.js";
import type { ServiceDependency } from "../service.js";
import { requestOf } from "../signal-of.js";
import { timespanMs } from "./timespan.js";
import type { Say, UnitSettings } from "./unit-settings.js";
import { type PlainCommand, specified, unitWords, withVariables } from "./words.js";

/** What a unit says about its process. */
export interface Run {
  command: PlainCommand | null;
  cwd?: string;
  env: { [name: string]: string };
  envFiles: string[];
  reloadSignal?: string;
  maxRunMs?: number;
  after: ServiceDependency[];
}

const TYPES: { readonly [type: string]: string } = {
  forking: "what it starts must stay in the foreground: nobody waits for a process that goes away",
  notify: "nothing hears sd_notify: it is ready as soon as it runs",
  "notify-reload": "nothing hears sd_notify: it is ready as soon as it runs",
  dbus: "nothing waits for a name on the bus: it is ready as soon as it runs",
  idle: "it does not wait for other jobs",
};

/** Reads `key` with the specifiers filled in. */
function filled(value: string, name: string, say: Say): string {
  return specified(value, name, (one) => say.changed(`${one} is filled in by systemd only`));
}

export function readRun(unit: UnitSettings, name: string): Run {
  const run: Run = { command: null, env: {}, envFiles: [], after: [] };
  unit.each("Environment", (value, say) => {
    for (const word of unitWords(filled(value, name, say)) ?? []) {
      const [, variable, text = ""] = /^(\w+)=(.*)$/s.exec(word) ?? [];
      if (variable === undefined) say.dropped(`${word} is no NAME=value`);
      else setEntry(run.env, variable, text);
    }
  });
  unit.each("EnvironmentFile", (value, say) => {
    const path = filled(value, name, say);
    if (path.startsWith("-")) say.changed("the file has to be there");
    const both = Object.keys(run.env);
    if (both.length > 0) say.changed(`${both.join(", ")} of Environment win over the file`);
    run.envFiles.push(path.replace(/^-/, ""));
  });
  unit.last("WorkingDirectory", (value, say) => {
    const path = filled(value, name, say).replace(/^-/, "");
    if (path === "~") return say.dropped("the home of the user is not looked up");
    run.cwd = path;
  });
  readCommands(unit, name, run);
  unit.last("ExecReload", (value, say) => {
    const [, signal] = /^-?\S*\bkill\s+-(?:s\s+)?(?:SIG)?(\w+)\s+\$MAINPID$/.exec(value) ?? [];
    const name = requestOf(signal ?? "");
    if (name === null) return say.dropped("it is asked to reload by a signal or not at all");
    run.reloadSignal = name;
  });
  unit.last("RuntimeMaxSec", (value, say) => {
    const ms = timespanMs(value);
    if (ms === null) say.dropped("no time span");
    else if (Number.isFinite(ms)) run.maxRunMs = Math.ceil(ms);
  });
  unit.last("Type", (value, say) => {
    const differs = ownEntry(TYPES, value);
    if (differs !== undefined) say.changed(differs);
  });
  readAfter(unit, run);
  return run;
}

function readCommands(unit: UnitSettings, name: string, run: Run): void {
  unit.each("ExecStart", (value, say) => {
    if (run.command !== null) return say.dropped("only the first command is run");
    const [, marks = "", line = ""] = /^([-@:+!|]*)(.*)$/s.exec(value) ?? [];
    const words = unitWords(filled(line, name, say), () =>
      say.changed("the command ends before the first ;"),
    );
    if (words === null || words.length === 0) return say.dropped("a quote is not closed");
    if (marks.includes("-")) say.dropped("a failure counts as one", "ExecStart=-");
    if (/[+!]/.test(marks)) say.dropped("it runs with the rights of the host", "ExecStart=+");
    const first = marks.includes("@") ? words.filter((_, i) => i !== 1) : words;
    if (marks.includes("@")) say.dropped("argv[0] is the program's path", "ExecStart=@");
    // What a file of variables will say is not known here, and it would win over Environment=.
    const known = run.envFiles.length > 0 ? {} : run.env;
    run.command = marks.includes(":")
      ? withVariables(
          first.map((word) => word.replaceAll("$", "$$$$")),
          known,
        )
      : withVariables(first, known);
  });
}

function readAfter(unit: UnitSettings, run: Run): void {
  const ordered = new Set<string>();
  unit.each("After", (value, say) => {
    for (const other of value.split(/\s+/)) {
      ordered.add(other);
      const [, id] = /^(.+)\.service$/.exec(other) ?? [];
      if (id === undefined) say.dropped(`${other} is no service, and is not waited for`);
      else run.after.push({ id, until: "ready" });
    }
  });
  for (const key of ["Requires", "Wants", "BindsTo", "Requisite"]) {
    unit.each(key, (value, say) => {
      for (const other of value.split(/\s+/)) {
        if (!ordered.has(other)) say.dropped(`${other} is not started for it`);
      }
    });
  }
}
