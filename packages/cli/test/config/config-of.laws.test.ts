// A law of `steadfast import`: what it writes is read as the services that it was made of.

import type { Service } from "@steadfast/bridges";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configOf } from "../../src/config/config-of.js";
import { stackOf } from "../../src/config/stack-of.js";
import { parseSource } from "../../src/source-file.js";

const FOLDER = "/srv/app";
const word = fc.oneof(
  fc.constantFrom("node", "server.mjs", "--port=3000", "a b", "it's", '"', "\\", "$HOME", "", "ä"),
  fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !/\p{Cc}|\p{Cs}/u.test(text)),
);
const program = word.filter((text) => text.trim() !== "" && text === text.trim());
const time = fc.integer({ min: 1, max: 100_000 });

const check = fc.oneof(
  fc.record({ tcp: fc.integer({ min: 1, max: 65_535 }) }),
  fc.record({ tcp: fc.constant(80), host: fc.constantFrom("localhost", "10.0.0.1") }),
  fc.record({ http: fc.constantFrom("http://127.0.0.1:80/ok", "https://a.example/") }),
  fc.record({ command: program, args: fc.array(word, { maxLength: 2 }) }),
);
const readiness = fc.oneof(
  fc.constant({}),
  fc.record(
    { readiness: fc.record({ via: fc.constant("line"), text: fc.constant("on :80") }) },
    { requiredKeys: ["readiness"] },
  ),
  fc.record({
    channel: fc.constant(true),
    readiness: fc.record({ via: fc.constant("message") }),
  }),
  fc.record({
    readiness: fc.record({ via: fc.constant("probe"), timeoutMs: time }, { requiredKeys: ["via"] }),
    probe: fc.record(
      { check, for: fc.constantFrom("readiness", "both"), periodMs: time, failures: time },
      { requiredKeys: ["check", "for"] },
    ),
  }),
  fc.record({ probe: fc.record({ check, for: fc.constant("liveness") }) }),
);

const service = fc
  .tuple(
    fc.record(
      {
        command: program,
        args: fc.array(word, { minLength: 1, maxLength: 3 }),
        env: fc.dictionary(fc.constantFrom("A", "B"), word),
        envFiles: fc.constant([`${FOLDER}/x.env`]),
        channel: fc.boolean(),
        policy: fc.constantFrom("10/10m", { preset: "pm2" }, "200ms..30s"),
        stop: fc.record({ signal: fc.constant("SIGINT"), gracePeriodMs: fc.constantFrom(null, 5) }),
        reloadSignal: fc.constant("SIGHUP"),
        maxRunMs: time,
        replicas: fc.integer({ min: 0, max: 5 }),
      },
      { requiredKeys: ["command", "args", "policy"] },
    ),
    readiness,
  )
  .map(([one, ready]) => ({ id: "one", cwd: FOLDER, ...one, ...ready }) as unknown as Service);

const script = fc
  .record({
    command: fc.constantFrom("a && b", "echo $X | cat"),
    shell: fc.constantFrom(true, "bash"),
  })
  .map((one) => ({ id: "one", cwd: FOLDER, policy: "10/10m", ...one }) as Service);

const readAgain = (services: readonly Service[]) => {
  const { config, dropped } = configOf(services);
  expect(dropped).toEqual([]);
  return stackOf(parseSource("steadfast.config.json", JSON.stringify(config)), FOLDER).services;
};

describe("configOf", () => {
  it("is read as the same services", () => {
    const counts = { words: 0, lists: 0 };
    fc.assert(
      fc.property(
        fc.oneof({ weight: 4, arbitrary: service }, { weight: 1, arbitrary: script }),
        (one) => {
          const { command } = configOf([one]).config.children.one ?? {};
          counts[typeof command === "string" ? "words" : "lists"] += 1;
          expect(readAgain([one])).toEqual([one]);
        },
      ),
    );
    expect(Math.min(counts.words, counts.lists)).toBeGreaterThan(5);
  });

  it("keeps what waits for another", () => {
    const services: Service[] = [
      { id: "db", command: "postgres", args: ["-D", "x"], cwd: FOLDER, policy: "10/10m" },
      {
        id: "web",
        command: "node",
        args: ["a.mjs"],
        cwd: FOLDER,
        policy: "10/10m",
        after: [{ id: "db", until: "completed" }],
      },
    ];
    expect(readAgain(services)).toEqual(services);
  });

  it("reports a readiness that nothing looks at", () => {
    const { dropped } = configOf([
      { id: "a", command: "b", policy: "10/10m", readiness: { via: "probe" } },
    ]);
    expect(dropped).toEqual([
      { kind: "dropped", part: "a.readiness", message: "nothing is looked at" },
    ]);
  });
});
