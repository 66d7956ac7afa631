// A Procfile: one process a line, `name: command`.

import { readArguments, readOptions } from "@steadfast/policy";
import { type PolicySpec, policyFrom } from "@steadfast/spec";
import { readText } from "../doors.js";
import { dropped, type Finding, type Imported } from "../imported.js";
import type { Service } from "../service.js";

/**
 * What a Procfile does not say.
 * @since 0.1.0
 */
export interface FromProcfileOptions {
  /** What decides about restarts. Default `never`: foreman restarts nothing. */
  readonly policy?: PolicySpec;
  /**
   * The `PORT` of the first process; each further one has 100 more, as with foreman. Whole, from 1 to 65 535; null for
   * none. Default 5 000.
   */
  readonly port?: number | null;
}

const LINE = /^([A-Za-z0-9_-]+):\s*(.+?)\s*$/;
const PORTS_APART = 100;
const MOST_PORT = 65_535;

/** A policy says by an error of its own what is wrong with it. */
const isPolicy = (value: unknown) => policyFrom(value) !== undefined;
const isPort = (value: unknown) =>
  value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_PORT);

/**
 * Reads a Procfile, as foreman, overmind, hivemind and Heroku have it.
 *
 * Decides: each line is a service that runs its command in a shell, with a `PORT` of its own; comments and empty
 * lines mean nothing. What is no `name: command`, and a name that is there already, is reported by line and left out.
 * Edge: foreman ends everything when one process ends; here the others go on: give the tree an `autoShutdown`.
 * Effect on state: none. Errors: `PolicyOptionsError` for a bad argument, none for what a
 * text says.
 * Source: foreman, `lib/foreman/procfile.rb`, `lib/foreman/engine.rb` (`port_for`).
 *
 * @since 0.1.0
 * @example
 * const { services } = fromProcfile("web: node web.mjs --port $PORT\nworker: node worker.mjs", { policy: "on-failure" });
 * services[1];
 * // => { id: "worker", command: "node worker.mjs", shell: true, env: { PORT: "5100" }, policy: "on-failure" }
 */
export function fromProcfile(text: string, options: FromProcfileOptions = {}): Imported {
  readArguments("fromProcfile", arguments, 2);
  readText("fromProcfile", text);
  const read = readOptions("fromProcfile", options);
  const policy = read.checked<PolicySpec>("policy", "a policy as JSON", isPolicy, "never");
  const port = read.checked("port", "a whole number from 1 to 65535, or null", isPort, 5_000);
  read.end();
  const services: Service[] = [];
  const report: Finding[] = [];
  for (const [i, whole] of text.split(/\r?\n/).entries()) {
    const said = whole.trim();
    if (said === "" || said.startsWith("#")) continue;
    const say = (message: string) =>
      report.push({ ...dropped(said.slice(0, 60), message), line: i + 1 });
    const [, id, command] = LINE.exec(said) ?? [];
    if (id === undefined || command === undefined) say("it is no `name: command`");
    else if (services.some((service) => service.id === id)) say(`there is another ${id} above`);
    else {
      const env =
        port === null ? {} : { env: { PORT: String(port + PORTS_APART * services.length) } };
      services.push({ id, command, shell: true, ...env, policy });
    }
  }
  return { services, report };
}
