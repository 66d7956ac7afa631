// What decides about restarts in a Compose file: `restart`, or `deploy.restart_policy` of a swarm.

import type { Json } from "@steadfast/policy";
import type { PolicySpec } from "@steadfast/spec";
import { given, type ObjectReader } from "../object-reader.js";
import { goDurationMs } from "./go-duration.js";

/** A duration at a key, or undefined; what is none is reported. */
export function duration(reader: ObjectReader, key: string): number | undefined {
  const text = reader.text(key);
  if (text === undefined) return undefined;
  const ms = goDurationMs(text);
  if (ms === null) reader.dropped(key, "it is no duration; the default holds");
  return ms ?? undefined;
}

export function composePolicy(reader: ObjectReader, deploy: ObjectReader | undefined): PolicySpec {
  const restart = reader.text("restart");
  const swarm = deploy?.inside("restart_policy");
  if (restart === undefined && swarm !== undefined) return swarmPolicy(swarm);
  if (swarm !== undefined) deploy?.dropped("restart_policy", "`restart` decides");
  // YAML 1.1 reads an unquoted `no` as false.
  const word = restart === undefined || restart === "false" ? "no" : restart;
  if (/^(no|always|unless-stopped|on-failure(:\d{1,15})?)$/.test(word)) {
    return { preset: "docker", options: { restart: word } };
  }
  reader.dropped("restart", "it must be no, always, unless-stopped or on-failure[:N]; `no` holds");
  return { preset: "docker", options: { restart: "no" } };
}

function swarmPolicy(swarm: ObjectReader): PolicySpec {
  const windowMs = duration(swarm, "window");
  const wholeMs = windowMs && Math.ceil(windowMs);
  if (wholeMs !== windowMs) swarm.changed("window", `it is rounded up to ${wholeMs} ms`);
  const options = given({
    condition: swarm.word("condition", ["none", "on-failure", "any"]),
    delayMs: duration(swarm, "delay"),
    maxAttempts: swarm.whole("max_attempts", 0),
    windowMs: wholeMs,
  }) as { [option: string]: Json };
  swarm.end();
  return { preset: "dockerSwarm", options };
}
