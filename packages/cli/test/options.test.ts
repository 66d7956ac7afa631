// What options of the command line are read as, and what is said of a wrong one.

import { describe, expect, it } from "vitest";
import { formatOf } from "../src/event-lines.js";
import { hostSignals } from "../src/host-signals.js";
import { millisOf } from "../src/millis-option.js";
import { pidOneLine } from "../src/pid-one.js";
import { policyOption } from "../src/policy-option.js";
import { policyOfParts } from "../src/policy-parts.js";
import { readyOf } from "../src/ready-option.js";

const cwd = import.meta.dirname;

describe("policyOfParts", () => {
  it("counts launches after the delay", () => {
    expect(policyOfParts({})).toEqual({
      kind: "allOf",
      members: ["on-failure", { kind: "inTurn", members: ["200ms..30s", "10/10m"] }],
    });
  });

  it("leaves out what is none", () => {
    expect(policyOfParts({ restart: "no", limit: "none", backoff: "none" })).toEqual({
      kind: "allOf",
      members: ["never", { kind: "inTurn", members: [] }],
    });
  });

  it.each([
    [{ restart: "sometimes" }, /--restart must be on-failure, always or no, got sometimes/],
    [{ limit: "ten" }, /--limit must be none, or such as 10\/10m, got ten/],
    [{ limit: "200ms..30s" }, /--limit must be/],
    [{ backoff: "10/10m" }, /--backoff must be none, or such as 200ms\.\.30s, got 10\/10m/],
  ])("%j is refused", (parts, message) => {
    expect(() => policyOfParts(parts)).toThrow(message);
  });
});

describe("policyOption", () => {
  it.each([
    ["10/10m", "10/10m"],
    ["systemd", { preset: "systemd" }],
    [
      '{ "kind": "restartOn", "options": { "type": "always" } }',
      { kind: "restartOn", options: { type: "always" } },
    ],
    ["policies/slow.yaml", "5s..1m"],
  ])("%s", (text, spec) => {
    expect(policyOption(text, cwd)).toEqual(spec);
  });

  it.each([
    ["10/10", /--policy: policy must be .*; nor is it a preset or a file/],
    [
      '{ "kind": "restartOn", "options": { "typ": 1 } }',
      /--policy:1:37: policy\.options\.typ\b.*type/,
    ],
    ["policies/misspelt.yaml", /policies\/misspelt\.yaml:4:5: .*did you mean slidingWindow\?/],
  ])("%s is refused", (text, message) => {
    expect(() => policyOption(text, cwd)).toThrow(message);
  });
});

describe("readyOf", () => {
  it.each([
    ["port:3000", { tcp: 3000 }],
    ["port:db:5432", { tcp: 5432, host: "db" }],
    ["http:3000/health", { http: "http://127.0.0.1:3000/health" }],
    ["https://host/health", { http: "https://host/health" }],
  ])("%s", (text, check) => {
    expect(readyOf(text, "ready").probe?.check).toEqual(check);
  });

  it("takes the rest of a line as it is", () => {
    expect(readyOf("line:listening: yes", "ready")).toEqual({
      readiness: { via: "line", text: "listening: yes" },
    });
  });

  it.each(["port:0", "port:65536", "port:", "http:x", "ftp://x", "soon"])(
    "%s is refused",
    (text) => {
      expect(() => readyOf(text, "--ready")).toThrow(
        /--ready must be port:3000, message, line:TEXT.*, got/,
      );
    },
  );
});

it("names the option of a wrong duration", () => {
  expect(millisOf("10s", "--grace")).toBe(10_000);
  expect(() => millisOf("10", "--grace")).toThrow(/^--grace must be a duration.*"10ms"/);
});

it("writes events as text on a terminal, as JSON elsewhere, or as somebody says", () => {
  expect(formatOf(undefined, true)).toBe("text");
  expect(formatOf(undefined, false)).toBe("json");
  expect(formatOf("text", false)).toBe("text");
  expect(() => formatOf("xml", true)).toThrow("--log must be text or json, got xml");
});

it("says only as process 1 what it does not do", () => {
  const at = new Date(0);
  expect(pidOneLine(2, "text", at)).toBeNull();
  expect(pidOneLine(1, "text", at)).toMatch(/not reaped; .*an init/);
  expect(JSON.parse(pidOneLine(1, "json", at) ?? "")).toMatchObject({
    level: "warn",
    event: "process-1",
  });
});

it("takes SIGHUP for the end of the terminal only where there is one", () => {
  expect(hostSignals(true).stop).toContain("SIGHUP");
  expect(hostSignals(false).handedOn).toContain("SIGHUP");
});
