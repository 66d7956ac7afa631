// The subpaths, by what they are for.

/** They carry a policy, or events, into a runtime: bridges. */
export const RUNTIMES = [
  "bullmq",
  "cockatiel",
  "effect",
  "graphile-worker",
  "opentelemetry",
  "p-retry",
  "pg-boss",
  "pino",
  "prometheus",
  "restate",
  "rxjs",
  "temporal",
];

/** They compile services into a format, or import them from one. */
export const FORMATS = [
  "compose",
  "kubernetes",
  "pm2",
  "process-compose",
  "processes",
  "procfile",
  "supervisord",
  "systemd",
];
