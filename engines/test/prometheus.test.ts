// Metrics by prom-client itself, and what Prometheus' own tool says about them.

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { prometheusEvents } from "@steadfast/bridges/prometheus";
import type { SupervisorEvent } from "@steadfast/supervisor";
import prom from "prom-client";
import { describe, expect, it } from "vitest";
import { isMissing } from "../tools.ts";
import { scriptedMail } from "./scripted-mail.ts";

function metered(options: { readonly maxChildren?: number } = {}) {
  const registry = new prom.Registry();
  const hear = prometheusEvents(prom, { registers: [registry], ...options });
  const text = () => registry.metrics();
  /** The samples of the text, without help, type and buckets. */
  const samples = async () =>
    (await text()).split("\n").filter((line) => /^[a-z]/.test(line) && !line.includes("_bucket"));
  return { hear, text, samples };
}

const refused = (id: string, reason: string): SupervisorEvent => ({
  type: "refused",
  id,
  at: 0,
  attempt: 1,
  generation: 0,
  reason,
  retryAfterMs: 5,
});

it("counts what happened", async () => {
  const { hear, samples } = metered();
  await scriptedMail(hear);
  expect(await samples()).toEqual([
    'steadfast_restarts_total{child="mail"} 2',
    'steadfast_exits_total{child="mail",kind="failed",failed="true"} 1',
    'steadfast_exits_total{child="mail",kind="spawn-failed",failed="true"} 2',
    'steadfast_exits_total{child="mail",kind="signalled",failed="true"} 1',
    'steadfast_refusals_total{child="mail",reason="cap-reached",final="true"} 1',
    'steadfast_up{child="mail"} 0',
    'steadfast_delay_seconds_sum{child="mail"} 6',
    'steadfast_delay_seconds_count{child="mail"} 3',
  ]);
});

it("is up while an attempt runs", async () => {
  const { hear, samples } = metered();
  for (const untilMs of [399, 401, 2_401, 4_401]) {
    await scriptedMail(hear, untilMs, `m${untilMs}`);
  }
  expect((await samples()).filter((line) => line.startsWith("steadfast_up"))).toEqual([
    'steadfast_up{child="m399"} 1',
    'steadfast_up{child="m401"} 0',
    'steadfast_up{child="m2401"} 0',
    'steadfast_up{child="m4401"} 1',
  ]);
});

it("has so many children and reasons, and no more", async () => {
  const { hear, samples } = metered({ maxChildren: 2 });
  for (let i = 0; i < 100; i++) hear(refused(`child-${i}`, "window-full"));
  for (let i = 0; i < 100; i++) hear(refused("child-0", `code-${i}`));
  hear(refused("child-1", "No: 10.0.0.7 said so"));
  hear(refused("child-1", "a".repeat(41)));
  const all = await samples();
  const reasons = new Set(all.map((line) => /reason="([^"]*)"/.exec(line)?.[1]));
  expect(reasons.size).toBe(31);
  expect(all).toContain(
    'steadfast_refusals_total{child="other",reason="window-full",final="false"} 98',
  );
  expect(all).toContain(
    'steadfast_refusals_total{child="child-0",reason="other",final="false"} 71',
  );
  expect(all).toContain('steadfast_refusals_total{child="child-1",reason="other",final="false"} 2');
});

it("is a health endpoint in five lines", async () => {
  const registry = new prom.Registry();
  const onEvent = prometheusEvents(prom, { registers: [registry] });
  const mail = await scriptedMail(onEvent, 4_500);
  const server = createServer(async (_, response) => {
    const isReady = mail.status().status === "ready";
    response.writeHead(isReady ? 200 : 503, { "content-type": registry.contentType });
    response.end(await registry.metrics());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${port}`, { headers: { connection: "close" } });
    const text = await response.text();
    return [response.status, /^steadfast_up.*$/m.exec(text)?.[0]];
  };
  expect(await scrape()).toEqual([200, 'steadfast_up{child="mail"} 1']);
  await mail.stop();
  expect(await scrape()).toEqual([503, 'steadfast_up{child="mail"} 0']);
  server.close();
  await once(server, "close");
});

it("counts two children that share a label together", async () => {
  const { hear, samples } = metered({ maxChildren: 1 });
  for (const id of ["a", "b", "c"]) await scriptedMail(hear, 1, id);
  expect(await samples()).toContain('steadfast_up{child="other"} 2');
});

it("refuses what is not prom-client, and a second listener on one registry", () => {
  expect(() => prometheusEvents({} as never)).toThrow("prometheusEvents: client.Counter must be");
  expect(() => prometheusEvents(prom, { maxChildren: 0 })).toThrow("maxChildren must be");
  expect(() => prometheusEvents(prom, { registers: {} as never })).toThrow(
    "registers must be a list",
  );
  const registers = [new prom.Registry()];
  prometheusEvents(prom, { registers });
  expect(() => prometheusEvents(prom, { registers })).toThrow("already been registered");
});

describe.skipIf(isMissing("promtool"))("promtool", () => {
  const check = (input: string) => {
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], {
      input,
      encoding: "utf8",
    });
    return { status, said: stdout + stderr };
  };

  it("has nothing to say about the text", async () => {
    const { hear, text } = metered();
    await scriptedMail(hear, undefined, 'mail "1"\\\n');
    expect(check(await text())).toEqual({ status: 0, said: "" });
    // It would: of a counter by another name, and of a text that is none.
    const renamed = (await text()).replaceAll("restarts_total", "restarts");
    expect(check(renamed)).toMatchObject({ status: 3, said: expect.stringContaining("_total") });
    expect(check("steadfast_up{").status).toBe(1);
  });
});
