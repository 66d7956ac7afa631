// Every example in a docstring runs as it stands, and what it claims is so.

import { backoff } from "@steadfast/backoff";
import * as policy from "@steadfast/policy";
import { describeExamples } from "../../../config/testing/examples.ts";
import * as bullmq from "../src/bullmq.js";
import * as cockatiel from "../src/cockatiel.js";
import * as compose from "../src/compose.js";
import * as effect from "../src/effect.js";
import * as graphile from "../src/graphile-worker.js";
import * as own from "../src/index.js";
import * as kubernetes from "../src/kubernetes.js";
import * as opentelemetry from "../src/opentelemetry.js";
import * as pRetry from "../src/p-retry.js";
import * as pgBoss from "../src/pg-boss.js";
import * as pino from "../src/pino.js";
import * as pm2 from "../src/pm2.js";
import * as processCompose from "../src/process-compose.js";
import * as processes from "../src/processes.js";
import * as procfile from "../src/procfile.js";
import * as prometheus from "../src/prometheus.js";
import * as restate from "../src/restate.js";
import * as rxjs from "../src/rxjs.js";
import * as supervisord from "../src/supervisord.js";
import * as systemd from "../src/systemd.js";
import * as temporal from "../src/temporal.js";

const scope = {
  ...own,
  ...bullmq,
  ...cockatiel,
  ...compose,
  ...effect,
  ...graphile,
  ...kubernetes,
  ...opentelemetry,
  ...pRetry,
  ...pgBoss,
  ...pino,
  ...pm2,
  ...processCompose,
  ...processes,
  ...procfile,
  ...prometheus,
  ...restate,
  ...rxjs,
  ...supervisord,
  ...systemd,
  ...temporal,
};

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope: { ...policy, backoff, ...scope },
  names: Object.keys(scope),
});
