// The fields of a stack and of a child. The words are those of `Service` in `@steadfast/bridges`; `command`, `ready`
// and `probe.check` may be written shorter.

import type { Field, Fields, Shape } from "./shape.js";

/** Beyond this a number is not exact. */
const MOST = Number.MAX_SAFE_INTEGER;

const field = (shape: Shape, about: string): Field => ({ shape, about });
const text = (what: string, pattern?: string): Shape => ({
  is: "text",
  what,
  ...(pattern !== undefined && { pattern }),
});
const someText = text("a text that is not empty", "\\S");
const duration: Shape = { is: "duration", least: 0 };
const aboveZero: Shape = { is: "duration", least: 1 };
const either = (...shapes: readonly Shape[]): Shape => ({ is: "either", shapes });
const list = (of: Shape, least = 0): Shape => ({ is: "list", of, least });
const oneOrMore = (of: Shape): Shape => either(of, list(of, 1));
const signal = text("the name of a signal, such as SIGTERM", "^SIG[A-Z0-9]+$");
const command = either(someText, list(text("a text"), 1));

export const NAME = "^[^/\\s]+$";

const stop: Shape = {
  is: "record",
  fields: {
    signal: field(signal, "what asks it to stop; SIGTERM without it"),
    gracePeriodMs: field(
      { is: "duration", least: 0, orNull: true },
      "from the request to the kill; null: it is never killed; 5s without it",
    ),
    killScope: field(
      { is: "word", words: ["group", "mixed", "process"] },
      "who gets the signals; its process group without it",
    ),
    message: field({ is: "flag" }, "asked by the message `shutdown` over its channel"),
  },
};

const probe: Shape = {
  is: "record",
  fields: {
    check: {
      ...field(
        either(text("port:3000, http:3000/path or a URL", "^(port|https?):\\S"), {
          is: "record",
          fields: { command: { ...field(command, "well if it exits with 0"), required: true } },
        }),
        "what is looked at: a port, a URL, or a command",
      ),
      required: true,
    },
    for: field({ is: "word", words: ["readiness", "liveness", "both"] }, "what its answers decide"),
    periodMs: field(aboveZero, "from one look to the next; 10s without it"),
    timeoutMs: field(aboveZero, "how long an answer may take; 1s without it"),
    failures: field({ is: "whole", min: 1, max: MOST }, "so many in a row count; 3 without it"),
  },
};

const after: Shape = list(
  either(someText, {
    is: "record",
    fields: {
      id: { ...field(someText, "the other child"), required: true },
      until: field(
        { is: "word", words: ["ready", "completed"] },
        "until it is ready, or has completed",
      ),
    },
  }),
);

export const CHILD: Fields = {
  command: {
    ...field(command, "the program and its arguments: split as a shell does, or a list"),
    required: true,
  },
  shell: field(
    either({ is: "flag" }, someText),
    "run `command` as a script of /bin/sh, or of the shell that is named",
  ),
  cwd: field(someText, "its folder, from that of this file; that folder without it"),
  env: field(
    {
      is: "map",
      of: either(text("a text"), { is: "whole", min: -MOST, max: MOST }, { is: "flag" }),
      keys: "^[^=]+$",
      what: "an object of variables",
    },
    "variables beside those of the host",
  ),
  envFiles: field(oneOrMore(someText), "files of variables; `env` and the host win over them"),
  channel: field({ is: "flag" }, "a channel to the host, as a forked Node module has"),
  policy: field({ is: "policy" }, "what decides about its restarts; that of the stack without it"),
  ready: field(
    text(
      "port:3000, message, line:TEXT, http:3000/path or a URL",
      "^(message$|(port|line|https?):\\S)",
    ),
    "when it is ready; as soon as it runs without it",
  ),
  readyTimeoutMs: field(duration, "not ready after this long, it has failed"),
  probe: field(probe, "how it is looked at from outside"),
  stop: field(stop, "how it is stopped"),
  reloadSignal: field(signal, "what makes it read its configuration again: `steadfast reload`"),
  maxRunMs: field(duration, "after this long it is ended"),
  after: field(after, "what has to be there before it is started"),
  replicas: field({ is: "whole", min: 0, max: 1_000 }, "how many there are; 1 without it"),
  watch: field(oneOrMore(someText), "files and folders whose changes restart it, with `--watch`"),
};

export const STACK: Fields = {
  $schema: field(text("a text"), "for editors"),
  name: field(
    text("a name without blanks and slashes", NAME),
    "what the stack is called; its folder without it",
  ),
  strategy: field(
    { is: "word", words: ["one-for-one", "one-for-all", "rest-for-one"] },
    "who is restarted with a child: nobody, all, or those after it",
  ),
  budget: field({ is: "policy" }, "what all children share"),
  policy: field({ is: "policy" }, "for children that have none of their own"),
  children: {
    ...field(
      {
        is: "map",
        of: { is: "record", fields: CHILD },
        keys: NAME,
        what: "an object of children by name",
        least: 1,
      },
      "what is kept running, in the order of the starts",
    ),
    required: true,
  },
};
