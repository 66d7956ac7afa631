// One service in the words of no system: what importers answer, compilers take and `treeOf` starts. Plain
// JSON, so that it can be shown, written down and compared.

import type { PolicySpec } from "@steadfast/spec";

/**
 * A service: what is started, when it is started again, and how it is stopped.
 * @since 0.1.0
 */
export interface Service {
  /** Its name: not blank, without a slash, unique among its siblings. */
  readonly id: string;
  /** The program; with `shell` the script. */
  readonly command: string;
  /** The program's arguments. Left out: none. With `shell` there are none. */
  readonly args?: readonly string[];
  /** Whether `command` is a script for `/bin/sh`, or for the shell that is named. Default false. */
  readonly shell?: boolean | string;
  /** Its folder. Left out: that of the host. */
  readonly cwd?: string;
  /** Variables beside those of the host. Left out: none. */
  readonly env?: { readonly [name: string]: string };
  /** Files of variables, the later one wins; `env` and the host win over all. Left out: none. */
  readonly envFiles?: readonly string[];
  /** Whether it has a channel to its host, as a forked Node module has. Default false. */
  readonly channel?: boolean;
  /** What decides about its restarts; a preset brings the options of `supervise` with it. */
  readonly policy: PolicySpec;
  /** How it is stopped. Left out: as the preset or the supervisor does. */
  readonly stop?: ServiceStop;
  /** The signal that makes it read its configuration again. Left out: none does. */
  readonly reloadSignal?: string;
  /** When it is ready. Left out: as soon as it runs. */
  readonly readiness?: ServiceReadiness;
  /** How it is looked at from outside. Left out: it is not. */
  readonly probe?: ServiceProbe;
  /** After so many milliseconds an attempt is ended, whole, from 0 to 2^53-1. Left out: never. */
  readonly maxRunMs?: number;
  /** What has to be there before it is started. Left out: nothing. */
  readonly after?: readonly ServiceDependency[];
  /** How many of it there are, whole, from 0 to 100 000. Default 1. */
  readonly replicas?: number;
}

/** The most replicas there are. */
export const MOST_REPLICAS = 100_000;

/** What is said of a name that no child may have. */
export const NO_ID = "a name is not blank and has no slash: it is left out";

/** Whether a tree takes it as the name of a child. */
export const isId = (id: string): boolean => id.trim() !== "" && !id.includes("/");

/**
 * How a service is stopped.
 * @since 0.1.0
 */
export interface ServiceStop {
  /** What asks it to end, such as `SIGQUIT`. Left out: SIGTERM. */
  readonly signal?: string;
  /** Whether it is asked by the message `shutdown` over its channel, as pm2 does. Default false. */
  readonly message?: boolean;
  /** From the request to the kill, whole, from 0 to 2^53-1 ms; null: it is never killed. Left out: the preset's. */
  readonly gracePeriodMs?: number | null;
  /** Who gets the signals: its group, the process alone, or `mixed`. Left out: the group. */
  readonly killScope?: "group" | "mixed" | "process";
}

/**
 * When a service is ready.
 * @since 0.1.0
 */
export interface ServiceReadiness {
  /** `probe`: at the first success of its probe. `message`: at the message `ready`. `line`: at a line of output. */
  readonly via: "probe" | "message" | "line";
  /** For `line`: what a line has to contain. Left out: the readiness is not one by a line. */
  readonly text?: string;
  /** Not ready after this long, it has failed: whole, from 0 to 2^53-1 ms. Left out: it may take as long as it takes. */
  readonly timeoutMs?: number;
}

/**
 * How a service is looked at from outside.
 * @since 0.1.0
 */
export interface ServiceProbe {
  /** What is looked at: a URL, a port, or the exit code of a command. */
  readonly check:
    | { readonly http: string }
    | { readonly tcp: number; readonly host?: string }
    | { readonly command: string; readonly args?: readonly string[]; readonly shell?: boolean };
  /** What a success and a failure mean, as in `supervise`. Left out: as there. */
  readonly for?: "readiness" | "liveness" | "both";
  /** From one look to the next, whole, at least 1 ms. Left out: as in `supervise`. */
  readonly periodMs?: number;
  /** How long an answer may take, whole, at least 1 ms. Left out: as in `supervise`. */
  readonly timeoutMs?: number;
  /** How many failures in a row count, whole, at least 1. Left out: as in `supervise`. */
  readonly failures?: number;
}

/**
 * What a service waits for.
 * @since 0.1.0
 */
export interface ServiceDependency {
  /** The id of the other service. */
  readonly id: string;
  /** Until it is ready, or until it has exited as completed. */
  readonly until: "ready" | "completed";
}
