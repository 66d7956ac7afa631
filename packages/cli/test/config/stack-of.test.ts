// What a configuration is read as, and what is said of a wrong one: file, line, column, and the nearest right name.

import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { stackOf } from "../../src/config/stack-of.js";
import { parseSource } from "../../src/source-file.js";

const read = (text: string, file = "steadfast.config.yaml") =>
  stackOf(parseSource(file, text), "/srv/shop");

describe("a stack", () => {
  it("has the name of its folder, and the usual policy", () => {
    const { name, services, watch } = read("children: { web: { command: node 'my server.mjs' } }");
    expect({ name, services, watch }).toEqual({
      name: "shop",
      services: [
        {
          id: "web",
          command: "node",
          args: ["my server.mjs"],
          cwd: "/srv/shop",
          policy: {
            kind: "allOf",
            members: ["on-failure", { kind: "inTurn", members: ["200ms..30s", "10/10m"] }],
          },
        },
      ],
      watch: { web: [] },
    });
  });

  it("writes short forms out", () => {
    const { services, strategy, budget, watch } = read(`
name: shop
strategy: rest-for-one
budget: 20/1h
policy: 3/1m
children:
  db: { command: [db, --port, "5432"], ready: "port:5432", readyTimeoutMs: 30s }
  web:
    command: exec node server.mjs | tee log
    shell: true
    cwd: web
    env: { PORT: 80, DEBUG: false }
    envFiles: .env
    policy: { preset: systemd }
    stop: { signal: SIGQUIT, gracePeriodMs: null }
    reloadSignal: SIGHUP
    probe: { check: "http:80/health", periodMs: 5s, failures: 2 }
    after: [db, { id: migrate, until: completed }]
    replicas: 2
    watch: src
  migrate: { command: migrate }
`);
    expect({ strategy, budget }).toEqual({ strategy: "rest-for-one", budget: "20/1h" });
    expect(watch).toEqual({ db: [], web: ["src"], migrate: [] });
    const [db, web] = services;
    expect(db).toMatchObject({
      args: ["--port", "5432"],
      policy: "3/1m",
      readiness: { via: "probe", timeoutMs: 30_000 },
      probe: { check: { tcp: 5432 }, for: "readiness" },
    });
    expect(web).toMatchObject({
      command: "exec node server.mjs | tee log",
      shell: true,
      cwd: resolve("/srv/shop/web"),
      env: { PORT: "80", DEBUG: "false" },
      envFiles: [resolve("/srv/shop/web/.env")],
      policy: { preset: "systemd" },
      stop: { signal: "SIGQUIT", gracePeriodMs: null },
      probe: { check: { http: "http://127.0.0.1:80/health" }, periodMs: 5_000, failures: 2 },
      after: [
        { id: "db", until: "ready" },
        { id: "migrate", until: "completed" },
      ],
      replicas: 2,
    });
    expect(web).not.toHaveProperty("readiness");
  });
});

const YAML: readonly (readonly [why: string, text: string, message: RegExp])[] = [
  [
    "a misspelt field",
    "children:\n  web:\n    comand: x",
    /^steadfast\.config\.yaml:3:5: children\.web\.comand is unknown \(did you mean command\?\)$/,
  ],
  ["nothing in it", "", /must be an object, got null/],
  ["no children", "name: x", /:1:1: children is missing/],
  ["no command", "children:\n  web: { cwd: x }", /:2:3: children\.web\.command is missing/],
  [
    "a wrong type",
    "children:\n  web:\n    command: node x\n    shell: [sh]",
    /:4:5: children\.web\.shell must be true or false, or a text/,
  ],
  [
    "a wrong word",
    "strategy: one-for-al\nchildren: { a: { command: x } }",
    /:1:1: strategy must be one of .* \(did you mean one-for-all\?\)/,
  ],
  [
    "a wrong duration",
    "children:\n  a:\n    command: x\n    maxRunMs: 10 s",
    /:4:5: children\.a\.maxRunMs must be a duration.*did you mean "?10s"?\?/,
  ],
  [
    "a wrong policy, deep",
    "children:\n  a:\n    command: x\n    policy:\n      kind: allOf\n      members:\n        - 10/10m\n        - kind: backof",
    /:8:11: children\.a\.policy\.members\[1\]\.kind must be .*did you mean backoff\?/,
  ],
  [
    "a wrong name",
    "children:\n  a/b: { command: x }",
    /:2:3: "a\/b" is no name for a part of children/,
  ],
  [
    "an open quote",
    "children:\n  a:\n    command: echo 'x",
    /:3:5: children\.a\.command: a quote is not closed/,
  ],
  [
    "a list with a shell",
    "children:\n  a:\n    command: [x]\n    shell: true",
    /:3:5: children\.a\.command: with shell, command is a script/,
  ],
  [
    "no such signal",
    "children:\n  a:\n    command: x\n    reloadSignal: SIGHUB",
    /:4:5: children\.a\.reloadSignal: SIGHUB is no signal/,
  ],
  [
    "a port too high",
    "children:\n  a:\n    command: x\n    ready: port:70000",
    /:4:5: children\.a\.ready: ready must be port:3000/,
  ],
  [
    "two that look",
    "children:\n  a:\n    command: x\n    ready: port:70\n    probe: { check: port:70 }",
    /:5:5: children\.a\.probe: ready looks at it already/,
  ],
  [
    "a time for nothing",
    "children:\n  a: { command: x, readyTimeoutMs: 1s }",
    /:2:20: children\.a\.readyTimeoutMs: without ready/,
  ],
  [
    "nobody of that name",
    "children:\n  web:\n    command: x\n    after:\n      - bd\n  db: { command: y }",
    /:5:9: web waits for bd, which is not there \(did you mean db\?|known: web, db\)/,
  ],
  [
    "a circle",
    "children:\n  a: { command: x, after: [b] }\n  b: { command: y, after: [a] }",
    /a, which waits for b, which waits for a: nobody can be first/,
  ],
  ["no YAML", "children:\n  a: [", /^steadfast\.config\.yaml:2:\d+: /],
  ["a key twice", "name: a\nname: b", /:2:1: /],
];

describe("a wrong one is refused where it is wrong", () => {
  it.each(YAML)("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("in JSON, too", () => {
    const text = '{\n  "children": {\n    "web": { "command": "x", "replica": 2 }\n  }\n}';
    const message =
      "steadfast.config.json:3:30: children.web.replica is unknown (did you mean replicas?)";
    expect(() => read(text, "steadfast.config.json")).toThrow(message);
  });
});
