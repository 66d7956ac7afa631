// A tree in which a lot happens, on real time: some children fail in all ways, most do their work.

import { backoff } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import { recording } from "@steadfast/dashboard";
import { giveUp, inTurn, lifetimeCap } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { realSystem } from "@steadfast/supervisor";
import { type ScriptedAttempt, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree, type TreeChildSpec } from "@steadfast/supervisor/tree";

const fails = (message: string, stderrTail?: readonly string[]) =>
  ({
    kind: "failed",
    code: 1,
    error: Object.assign(new Error(message), { stack: "" }),
    ...(stderrTail ? { stderrTail } : {}),
  }) as never;

const TAIL = [
  "node:net:1904",
  "    const ex = new UVExceptionWithHostPort(err, 'listen', address, port);",
  "",
  "Error: listen EADDRINUSE: address already in use 127.0.0.1:8080",
  "    at Server.setupListenHandle [as _listen2] (node:net:1904:16)",
  "    at listenInCluster (node:net:1961:12) {",
  "  code: 'EADDRINUSE', errno: -98, syscall: 'listen', port: 8080",
  "}",
];

const child = (
  id: string,
  script: readonly ScriptedAttempt[] | ((attempt: number) => ScriptedAttempt | undefined),
  rest: Partial<TreeChildSpec> = {},
): TreeChildSpec =>
  ({ id, launcher: scriptedLauncher(realSystem, script), ...rest }) as TreeChildSpec;

const steady = (id: string) => child(id, []);

export function busyTree(workers = 6) {
  const seen = recording();
  const exponential = backoff({ initialMs: 400, factor: 2, capMs: 20_000, jitter: "equal" });
  const tree = superviseTree(
    {
      children: [
        steady("database"),
        steady("cache"),
        child(
          "gateway",
          (n) => ({
            runMs: 700 + n * 130,
            exit: fails("listen EADDRINUSE: address already in use 127.0.0.1:8080", TAIL),
            pid: 4_200 + n,
          }),
          { policy: exponential },
        ),
        child("mailer", () => ({ runMs: 900, exit: fails("SMTP 421: try again later") }), {
          policy: inTurn(
            backoff({ initialMs: 250, capMs: 2_000, jitter: "none" }),
            slidingWindow({ limit: 4, windowMs: 45_000, counts: "restarts" }),
          ),
        }),
        child(
          "importer",
          () => ({ runMs: 2_500, exit: fails("row 1 204: unexpected end of input") }),
          {
            policy: crashBudget({ retries: 1, windowMs: 12_000, retryDelayMs: 300 }),
          },
        ),
        {
          id: "workers",
          tree: {
            budget: giveUp(slidingWindow({ limit: 400, windowMs: 60_000, counts: "restarts" })),
            children: Array.from({ length: workers }, (_, i) =>
              child(
                `worker.${i + 1}`,
                (n) => ({
                  runMs: 1_500 + ((i * 977 + n * 1_733) % 5_200),
                  exit: i % 3 === 0 ? fails("out of work") : ({ kind: "completed" } as never),
                }),
                {
                  policy: inTurn(
                    backoff({ initialMs: 300, capMs: 3_000 }),
                    lifetimeCap({ restarts: 200 }),
                  ),
                },
              ),
            ),
          },
        },
        child("reports", [{ runMs: 1_200 }], { restart: "transient" }),
        steady("scheduler"),
      ],
    },
    { id: "shop", journal: seen.journal },
  );
  return { tree, seen };
}
