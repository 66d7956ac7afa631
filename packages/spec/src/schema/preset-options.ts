// The options of every preset, as the presets have them.

import type { presets } from "../presets.js";
import {
  digitsUpTo,
  duration,
  finite,
  finiteMs,
  flag,
  list,
  MAX,
  object,
  orNull,
  whole,
  wholeMs,
  word,
} from "./fragments.js";
import type { OptionsOf, OptionsTable } from "./options-table.js";
import {
  any,
  code,
  containerPolicy,
  containerRule,
  FUNCTION,
  processkit,
  restartDelay,
  restartMs,
  restartTable,
  startLimit,
  stop,
  tokioSlot,
  type,
} from "./preset-parts.js";

type Presets = typeof import("@steadfast/presets");

type Tables = {
  readonly [Name in keyof typeof presets]: OptionsTable<OptionsOf<Presets[Name]>>;
};

export const presetOptions: Tables = {
  asynSupervise: { properties: { maxRestarts: whole(), restartWindowMs: wholeMs() } },
  caGateway: {
    properties: { nRestarts: whole(1), restartIntervalMs: wholeMs(), restartDelayMs: wholeMs() },
  },
  circus: {
    properties: {
      attempts: whole(),
      windowMs: wholeMs(),
      retryInMs: wholeMs(),
      maxRetry: whole(-1),
      checkDelayMs: wholeMs(),
    },
  },
  docker: {
    properties: {
      restart: {
        type: "string",
        pattern: `^(?:no|always|unless-stopped|on-failure(?::${digitsUpTo(MAX)})?)$`,
      },
      fixed: flag,
    },
  },
  dockerSwarm: {
    properties: {
      condition: word("none", "on-failure", "any"),
      delayMs: finiteMs(),
      maxAttempts: whole(),
      windowMs: wholeMs(),
    },
  },
  epicsProcserv: {
    properties: {
      maxRestarts: orNull(whole()),
      windowMs: wholeMs(),
      holdoffMs: finiteMs(),
      restartMode: word("onExit", "disabled", "oneShot"),
    },
  },
  epicsSupervise: {
    properties: { maxRestarts: whole(), windowMs: wholeMs(), delayMs: finiteMs() },
  },
  kubernetes: {
    properties: {
      restartPolicy: containerPolicy,
      containerRestartPolicy: orNull(containerPolicy),
      restartPolicyRules: { ...list(containerRule), maxItems: 20 },
      initialMs: finiteMs(),
      maxMs: finiteMs(),
      resetAfterMs: wholeMs(0, MAX - 1),
    },
    rules: {
      anyOf: [
        { properties: { restartPolicyRules: { maxItems: 0 } } },
        {
          properties: { containerRestartPolicy: containerPolicy },
          required: ["containerRestartPolicy"],
        },
      ],
    },
  },
  launchd: {
    properties: {
      keepAlive: { anyOf: [flag, object({ successfulExit: flag, crashed: flag })] },
      throttleIntervalMs: duration({ ...whole(), multipleOf: 1_000 }, "wholeSeconds"),
    },
  },
  // That `attempts` delays fit into the interval, no schema can say.
  nomad: {
    properties: {
      jobType: word("service", "system", "batch", "sysbatch"),
      attempts: whole(),
      intervalMs: duration(whole(5_000), "atLeast5s"),
      delayMs: finiteMs(),
      mode: word("fail", "delay"),
    },
    rules: {
      anyOf: [
        { properties: { mode: { const: "fail" } } },
        { properties: { attempts: { minimum: 1 } } },
      ],
    },
  },
  otpIntensity: {
    properties: {
      intensity: whole(),
      periodMs: duration({ ...whole(1_000), multipleOf: 1_000 }, "wholeSecondsAboveZero"),
      restart: type,
    },
  },
  pekko: {
    properties: {
      minBackoffMs: wholeMs(1),
      maxBackoffMs: wholeMs(1),
      randomFactor: finite(0, 1),
      maxNrOfRetries: whole(-1),
      autoResetMs: orNull(wholeMs()),
      on: word("stop", "failure"),
      fixed: flag,
    },
  },
  pekkoOneForOne: {
    properties: { maxNrOfRetries: whole(-1), withinTimeRangeMs: orNull(wholeMs(0, MAX - 1)) },
  },
  pm2: {
    properties: {
      autorestart: flag,
      maxRestarts: whole(),
      minUptimeMs: wholeMs(),
      restartDelayMs: finiteMs(),
      expBackoffRestartDelayMs: finiteMs(),
      stopExitCodes: list(code),
      fixed: flag,
    },
  },
  processCompose: {
    properties: {
      restart: word("no", "always", "on_failure", "exit_on_failure"),
      backoffMs: duration({ ...whole(), multipleOf: 1_000 }, "wholeSeconds"),
      maxRestarts: whole(),
      successExitCodes: list(code),
    },
  },
  processkit07: { properties: processkit },
  processkit3: {
    properties: {
      ...processkit,
      giveUpWhen: FUNCTION,
      okCodes: list(whole(-MAX)),
      stormPauseMs: orNull(wholeMs()),
      failureDecayMs: finiteMs(),
      failureThreshold: any,
    },
  },
  processmanager: {
    properties: {
      initialMs: finiteMs(),
      maxMs: finiteMs(),
      factor: whole(),
      literal: flag,
      fixed: flag,
    },
  },
  runningProcessRecovery: {
    properties: { retryBackoffMs: finiteMs(), budgetWindowMs: wholeMs(), literal: flag },
  },
  runningProcessSpawn: { properties: { maxAttempts: whole(), windowMs: wholeMs() } },
  runpm: {
    properties: {
      autorestart: flag,
      maxRestarts: whole(),
      restartDelayMs: wholeMs(),
      minUptimeMs: wholeMs(),
      killTimeoutMs: wholeMs(),
    },
  },
  supervisord: {
    properties: {
      startMs: wholeMs(),
      startRetries: whole(-1),
      autorestart: { enum: [true, false, "unexpected"] },
      exitCodes: list(code),
    },
  },
  suture: {
    properties: {
      failureDecayMs: wholeMs(),
      failureThreshold: orNull(finite()),
      failureBackoffMs: wholeMs(),
      backoffJitter: word("default", "none"),
    },
  },
  systemd: { properties: { ...restartTable, ...restartDelay, ...startLimit, ...stop } },
  systemdRestart: { properties: { ...restartTable, ...stop } },
  systemdRestartSteps: { properties: { ...restartDelay, ...stop } },
  systemdStartLimit: { properties: { ...startLimit, restartMs, ...stop } },
  tokioSlotLoop: { properties: { ...tokioSlot, limit: whole(1) } },
  tokioSlotState: { properties: tokioSlot },
  vscodeLanguageClient: { properties: { maxRestartCount: whole(0, MAX - 1) } },
};
