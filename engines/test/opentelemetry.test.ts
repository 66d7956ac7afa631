// Spans and metrics by OpenTelemetry's own SDKs.

import * as api from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { openTelemetryEvents } from "@steadfast/bridges/opentelemetry";
import { expect, it } from "vitest";
import { scriptedMail } from "./scripted-mail.ts";

const spans = new InMemorySpanExporter();
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
const processor = new SimpleSpanProcessor(spans);
api.trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
api.metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

it("makes a supervision and its attempts spans", async () => {
  await scriptedMail(openTelemetryEvents(api));
  const finished = spans.getFinishedSpans();
  const supervision = finished.at(-1);
  const shown = finished.map(({ name, startTime, endTime, status, events, ...span }) => ({
    name,
    from: startTime[0] * 1_000 + startTime[1] / 1e6,
    to: endTime[0] * 1_000 + endTime[1] / 1e6,
    isError: status.code === api.SpanStatusCode.ERROR,
    events: events.map((event) => `${event.name} ${JSON.stringify(event.attributes)}`),
    isBelow: span.parentSpanContext?.spanId === supervision?.spanContext().spanId,
  }));
  const one = { isError: true, isBelow: true, name: "attempt" };
  const exit = (kind: string, uptimeMs: number, more = "") =>
    `exit {"kind":"${kind}","failed":true,"ordered":false,"uptimeMs":${uptimeMs}${more}}`;
  expect(shown).toEqual([
    {
      ...one,
      from: 0,
      to: 400,
      events: ["ready {}", exit("failed", 400, ',"process.exit.code":3')],
    },
    { ...one, from: 2_400, to: 2_400, events: ["ready {}", exit("spawn-failed", 0)] },
    {
      ...one,
      from: 4_400,
      to: 64_400,
      events: ["ready {}", "healthy {}", exit("signalled", 60_000, ',"signal":"SIGSEGV"')],
    },
    {
      isError: true,
      isBelow: false,
      name: "supervision",
      from: 0,
      to: 66_400,
      events: [
        ...Array.from({ length: 3 }, () => 'delayed {"delayMs":2000}'),
        exit("spawn-failed", 0),
        'refused {"reason":"cap-reached","final":true}',
      ],
    },
  ]);
  expect(finished[1]?.attributes).toEqual({
    "steadfast.child": "mail",
    "steadfast.attempt": 2,
    "steadfast.cause": "restart",
  });
});

it("counts what happens", async () => {
  await reader.forceFlush();
  const metrics = exporter.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? [];
  const sums = metrics.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => [
      descriptor.name,
      JSON.stringify(attributes),
      typeof value === "object" ? value.sum : value,
    ]),
  );
  const child = '"child":"mail"';
  expect(sums).toEqual([
    ["steadfast.up", `{${child}}`, 0],
    ["steadfast.delay", `{${child}}`, 6],
    ["steadfast.restarts", `{${child}}`, 2],
    ["steadfast.exits", `{${child},"kind":"failed","failed":"true"}`, 1],
    ["steadfast.exits", `{${child},"kind":"spawn-failed","failed":"true"}`, 2],
    ["steadfast.exits", `{${child},"kind":"signalled","failed":"true"}`, 1],
    ["steadfast.refusals", `{${child},"reason":"cap-reached","final":"true"}`, 1],
  ]);
});

it("leaves a span without error where an operator has stopped it", async () => {
  spans.reset();
  await (await scriptedMail(openTelemetryEvents(api), 100)).stop();
  const all = spans.getFinishedSpans();
  expect(all.map(({ name, status }) => [name, status.code])).toEqual([
    ["attempt", api.SpanStatusCode.UNSET],
    ["supervision", api.SpanStatusCode.UNSET],
  ]);
});

it.each([
  ["completed", api.SpanStatusCode.UNSET],
  ["excused", api.SpanStatusCode.UNSET],
  ["stopped", api.SpanStatusCode.UNSET],
  ["refused", api.SpanStatusCode.ERROR],
  ["failed", api.SpanStatusCode.ERROR],
] as const)("a supervision that ends as %s", (outcome, code) => {
  spans.reset();
  const hear = openTelemetryEvents(api);
  hear({ id: "mail", at: 1, attempt: 1, generation: 0, type: "ended", outcome });
  expect(spans.getFinishedSpans().map(({ status }) => status.code)).toEqual([code]);
});

it("refuses what is not the API", () => {
  expect(() => openTelemetryEvents({} as never)).toThrow("openTelemetryEvents: api.trace must be");
  expect(() => openTelemetryEvents(api, { maxChildren: 0 })).toThrow("maxChildren must be");
});
