// What happens to a child as spans of OpenTelemetry: one for the supervision, one for each attempt. Here they are printed.
//   npm install @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base && node opentelemetry.mjs
//
// It prints:
//   attempt: error, exit
//   attempt: ok, exit
//   supervision: ok

import * as api from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { openTelemetryEvents } from "@steadfast/bridges/opentelemetry";
import { restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";

const exporter = new InMemorySpanExporter();
const spanProcessors = [new SimpleSpanProcessor(exporter)];
api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));

const importer = taskLauncher(async ({ attempt }) => {
  if (attempt < 2) throw new Error("no connection");
});
const onEvent = openTelemetryEvents(api);
await supervise(importer, { id: "importer", policy: restartOn("transient"), onEvent }).outcome;

for (const { name, status, events } of exporter.getFinishedSpans()) {
  const isError = status.code === api.SpanStatusCode.ERROR;
  const exits = events.filter((event) => event.name === "exit").map((event) => event.name);
  console.log(`${name}: ${[isError ? "error" : "ok", ...exits].join(", ")}`);
}
