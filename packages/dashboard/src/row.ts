// A status as one line of the table.

import type { Millis } from "@steadfast/policy";
import type { Wait } from "@steadfast/supervisor";
import { shortExit } from "./short-event.js";
import type { FullStatus } from "./source.js";
import type { Row } from "./wire.js";

type Known = Omit<FullStatus, "waiting" | "path"> & {
  readonly waiting: (Omit<Wait, "reason"> & { readonly reason?: string | null }) | null;
};

interface Own {
  readonly path: string;
  readonly kind: string | null;
  readonly done: boolean;
  readonly held: string | null;
  readonly now: Millis;
}

export function rowOf(status: Known, { path, kind, done, held, now }: Own): Row {
  const { attempts, failures, uptimeMs, pid, threadId, waiting, abandoned, lastExit } = status;
  return {
    path,
    kind,
    status: status.status,
    intent: status.intent,
    done,
    attempts,
    failures,
    launchedAt: uptimeMs === null ? null : now - uptimeMs,
    pid,
    threadId,
    waiting: waiting && shownWait(waiting),
    held,
    abandoned,
    last: lastExit && shortExit(lastExit),
  };
}

function shownWait({ for: what, until, cause, reason }: NonNullable<Known["waiting"]>): Wait {
  return { for: what, until, cause, ...(typeof reason === "string" ? { reason } : {}) };
}
