// What happens to a child as lines of pino, with the levels and words of `logEvents`. Here a few fields of each line are printed.
//   npm install pino && node pino.mjs
//
// It prints:
//   info importer 1 launched
//   warn importer 1 exited
//   info importer 2 launched
//   warn importer 2 exited
//   error importer 2 refused
//   error importer 2 ended

import { pinoEvents } from "@steadfast/bridges/pino";
import { lifetimeCap } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import { pino } from "pino";

const formatters = { level: (level) => ({ level }) };
const logger = pino(
  { formatters },
  {
    write(line) {
      const { level, id, attempt, event } = JSON.parse(line);
      console.log(level, id, attempt, event);
    },
  },
);

const importer = taskLauncher(() => Promise.reject(new Error("no connection")));
const policy = lifetimeCap({ restarts: 1 });
await supervise(importer, { id: "importer", policy, onEvent: pinoEvents(logger) }).outcome;
