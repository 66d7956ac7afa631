// What is refused before any port is asked for; the rest needs real processes, in test/real.

import { describe, expect, it } from "vitest";
import { forkLauncher, PortError, sharedPort, spawnLauncher } from "../src/index.js";
import { takePlace } from "../src/port-place.js";

const call = sharedPort as (...all: unknown[]) => unknown;

describe("sharedPort refuses by name", () => {
  it.each([
    ["port", [-1], "a whole number from 0 to 65535"],
    ["port", [65_536], "a whole number from 0 to 65535"],
    ["port", ["8080"], "a whole number from 0 to 65535"],
    ["port", [], "a whole number from 0 to 65535"],
    ["host", [0, { host: "localhost" }], "an IP address"],
    ["host", [0, { host: 7 }], "an IP address"],
    ["reusePort", [0, { reusePort: "yes" }], "true or false"],
    ["reuseport", [0, { reuseport: true }], "left out"],
    ["arguments[2]", [0, {}, 1], "left out: it takes 2"],
  ])("%s: %j", (option, all, allowed) => {
    expect(() => call(...all)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option, allowed }),
    );
  });
});

describe("a launcher refuses by name", () => {
  it.each([8080, {}, null, { port: 8080, close() {} }])("the port %j", (port) => {
    expect(() => forkLauncher("web.mjs", [], { port } as object)).toThrow(
      expect.objectContaining({
        code: "ERR_POLICY_OPTIONS",
        option: "port",
        allowed: "what sharedPort() returned",
      }),
    );
  });

  it("a port for a child that cannot take one", () => {
    expect(() => spawnLauncher("web", [], { port: 1 } as object)).toThrow(
      expect.objectContaining({ option: "port", allowed: "left out" }),
    );
  });
});

describe("a PortError says why:", () => {
  it.each([
    [-98, "taken", "EADDRINUSE"],
    [-13, "privileged", "EACCES"],
    [-99, "no-address", "EADDRNOTAVAIL"],
    [-97, "no-address", "EAFNOSUPPORT"],
    [-95, "unsupported", "ENOTSUP"],
    [-12, "refused", "ENOMEM"],
  ])("%i", (errno, reason, code) => {
    const error = new PortError(80, null, errno);
    expect(error).toMatchObject({
      code: "ERR_PORT",
      reason,
      port: 80,
      host: null,
      cause: { code },
    });
    expect(error.message).toMatch(new RegExp(`^port 80: .* \\(${code}\\)$`));
  });
});

it("a process takes its place once", () => {
  const env = { STEADFAST_LISTEN: '{"fd":3}', OTHER: "1" };
  expect(takePlace(env)).toStrictEqual({ fd: 3 });
  expect(takePlace(env)).toBeNull();
  expect(env).toStrictEqual({ OTHER: "1" });
});
