// Every example in a docstring runs as it stands, and what it claims is so.

import { describeExamples } from "../../../config/testing/examples.ts";
import * as compose from "../src/compose.js";
import * as own from "../src/index.js";
import * as kubernetes from "../src/kubernetes.js";
import * as pm2 from "../src/pm2.js";
import * as processCompose from "../src/process-compose.js";
import * as processes from "../src/processes.js";
import * as procfile from "../src/procfile.js";
import * as supervisord from "../src/supervisord.js";
import * as systemd from "../src/systemd.js";

const scope = {
  ...own,
  ...compose,
  ...kubernetes,
  ...pm2,
  ...processCompose,
  ...processes,
  ...procfile,
  ...supervisord,
  ...systemd,
};

describeExamples({
  folders: [new URL("../src/", import.meta.url)],
  scope,
  names: Object.keys(scope),
});
