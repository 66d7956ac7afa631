// What happens to a child as metrics, and a scrape over HTTP that is also its health: 503 while it is not ready.
//   npm install prom-client && node prometheus.mjs
//
// It prints:
//   503
//   steadfast_restarts_total{child="importer"} 2
//   steadfast_exits_total{child="importer",kind="failed",failed="true"} 3
//   steadfast_refusals_total{child="importer",reason="cap-reached",final="true"} 1
//   steadfast_up{child="importer"} 0

import { once } from "node:events";
import { createServer } from "node:http";
import { prometheusEvents } from "@steadfast/bridges/prometheus";
import { lifetimeCap } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import prom from "prom-client";

const importer = supervise(
  taskLauncher(() => Promise.reject(new Error("no connection"))),
  {
    id: "importer",
    policy: lifetimeCap({ restarts: 2 }),
    onEvent: prometheusEvents(prom),
  },
);

async function answerTo(response) {
  const isReady = importer.status().status === "ready";
  response.writeHead(isReady ? 200 : 503, { "content-type": prom.register.contentType });
  response.end(await prom.register.metrics());
}
const scrape = createServer((_, response) => void answerTo(response)).listen(0, "127.0.0.1");
await once(scrape, "listening");

await importer.outcome;
const answer = await fetch(`http://127.0.0.1:${scrape.address().port}/metrics`);
console.log(answer.status);
const lines = (await answer.text()).split("\n");
for (const line of lines.filter((one) => /^steadfast_(restarts|exits|refusals|up)/.test(one))) {
  console.log(line);
}
scrape.close();
scrape.closeAllConnections();
