// What a configuration holds, as types: what check.ts has let through.

import type { PolicySpec } from "@steadfast/spec";

/** A duration in milliseconds, or a text such as `10s`. */
type Duration = number | string;

/**
 * A stack: what `steadfast up` keeps running. What `steadfast.config.mjs` exports by default.
 * @since 0.1.0
 */
export interface StackConfig {
  /** For editors. */
  readonly $schema?: string;
  /** What the stack is called, without blanks and slashes. Default: its folder. */
  readonly name?: string;
  /** Who is restarted with a child. Default `one-for-one`. */
  readonly strategy?: "one-for-one" | "one-for-all" | "rest-for-one";
  /** A policy that all children share. Default: nothing limits their sum. */
  readonly budget?: PolicySpec;
  /** For children that have none of their own. Default: on failure, `200ms..30s`, then `10/10m`. */
  readonly policy?: PolicySpec;
  /** What is kept running, by name, in the order of the starts. At least one. */
  readonly children: { readonly [name: string]: ChildConfig };
}

/**
 * One child of a stack.
 * @since 0.1.0
 */
export interface ChildConfig {
  /** The program and its arguments: split as a shell does, or a list. With `shell` a script. */
  readonly command: string | readonly string[];
  /** Whether `command` is a script of `/bin/sh`, or of the shell that is named. Default false. */
  readonly shell?: boolean | string;
  /** Its folder, from that of the file. Default: that folder. */
  readonly cwd?: string;
  /** Variables beside those of the host. Default: none. */
  readonly env?: { readonly [name: string]: string | number | boolean };
  /** Files of variables; `env` and the host win over them. Default: none. */
  readonly envFiles?: string | readonly string[];
  /** Whether it has a channel to the host, as a forked Node module has. Default false. */
  readonly channel?: boolean;
  /** What decides about its restarts. Default: that of the stack. */
  readonly policy?: PolicySpec;
  /** `port:3000`, `message` (with `channel`), `line:TEXT`, `http:3000/path` or a URL. Default: ready as soon as it runs. */
  readonly ready?: string;
  /** Not ready after this long, it has failed: from 0 to 2^53-1 ms. Default: it may take as long as it takes. */
  readonly readyTimeoutMs?: Duration;
  /** How it is looked at from outside. Not beside a `ready` that looks, too. Default: it is not. */
  readonly probe?: ProbeConfig;
  /** How it is stopped. Default: SIGTERM, and a kill after 5 s. */
  readonly stop?: StopConfig;
  /** What makes it read its configuration again. Default: nothing does. */
  readonly reloadSignal?: string;
  /** After this long it is ended: from 0 to 2^53-1 ms. Default: never. */
  readonly maxRunMs?: Duration;
  /** What has to be there before it is started: names, until they are ready unless it is said. Default: nothing. */
  readonly after?: readonly (
    | string
    | { readonly id: string; readonly until?: "ready" | "completed" }
  )[];
  /** How many there are, whole, from 0 to 1 000. Default 1. */
  readonly replicas?: number;
  /** Files and folders whose changes restart it, with `--watch`. Default: none. */
  readonly watch?: string | readonly string[];
}

/**
 * How a child is looked at from outside.
 * @since 0.1.0
 */
export interface ProbeConfig {
  /** `port:3000`, `http:3000/path`, a URL, or a command that exits with 0. */
  readonly check: string | { readonly command: string | readonly string[] };
  /** What its answers decide. Default `liveness`; `both` with `ready`. */
  readonly for?: "readiness" | "liveness" | "both";
  /** From one look to the next, at least 1 ms. Default 10 s. */
  readonly periodMs?: Duration;
  /** How long an answer may take, at least 1 ms. Default 1 s. */
  readonly timeoutMs?: Duration;
  /** How many failures in a row count, whole, at least 1. Default 3. */
  readonly failures?: number;
}

/**
 * How a child is stopped.
 * @since 0.1.0
 */
export interface StopConfig {
  /** What asks it to stop. Default `SIGTERM`. */
  readonly signal?: string;
  /** From the request to the kill, from 0 to 2^53-1 ms; null: it is never killed. Default 5 s. */
  readonly gracePeriodMs?: Duration | null;
  /** Who gets the signals. Default `group`. */
  readonly killScope?: "group" | "mixed" | "process";
  /** Whether it is asked by the message `shutdown` over its channel. Default false. */
  readonly message?: boolean;
}
