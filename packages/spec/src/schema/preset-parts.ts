// What the options of several presets have in common, and what is too long for their table.

import {
  finiteMs,
  flag,
  list,
  MAX,
  object,
  orNull,
  type Schema,
  whole,
  wholeMs,
  word,
} from "./fragments.js";

export const any: Schema = { type: "number" };
export const code = whole();
export const type = word("permanent", "transient", "temporary");
/** A function, which JSON cannot hold. */
export const FUNCTION = null;

/** An exit code or the name of a signal. */
export const statuses = list({
  anyOf: [whole(0, 255), { type: "string", pattern: "^SIG[A-Z0-9+-]+$" }],
});

export const restartTable = {
  restart: word(
    "no",
    "always",
    "on-success",
    "on-failure",
    "on-abnormal",
    "on-abort",
    "on-watchdog",
  ),
  successExitStatus: statuses,
  restartPreventExitStatus: statuses,
  restartForceExitStatus: statuses,
};
export const restartMs = orNull(finiteMs());
export const restartDelay = {
  restartMs,
  restartSteps: whole(),
  restartMaxDelayMs: orNull(finiteMs()),
};
export const startLimit = {
  startLimitIntervalMs: orNull(wholeMs(0, MAX - 1)),
  startLimitBurst: whole(),
};
export const stop = { gracePeriodMs: orNull(wholeMs()) };

export const containerPolicy = word("Always", "OnFailure", "Never");
export const containerRule = object(
  {
    action: word("Restart"),
    exitCodes: object(
      {
        operator: word("In", "NotIn"),
        values: { ...list(whole(0, 2 ** 31 - 1)), maxItems: 255, uniqueItems: true },
      },
      ["operator"],
    ),
  },
  ["action", "exitCodes"],
);

export const processkit = {
  restart: word("always", "onCrash", "never"),
  maxRestarts: orNull(whole()),
  backoffBaseMs: finiteMs(),
  backoffFactor: any,
  maxBackoffMs: finiteMs(),
  jitter: flag,
  stopWhen: FUNCTION,
  fixed: flag,
};

export const tokioSlot = {
  limit: whole(),
  windowMs: wholeMs(),
  restartPolicy: type,
  initialDelayMs: finiteMs(),
  maxDelayMs: finiteMs(),
};
