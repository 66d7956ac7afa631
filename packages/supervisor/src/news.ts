// What the listeners hear of what the slot commands and reports.

import type { SlotCommand, SlotReport } from "@steadfast/child-slot";
import { exitRecord } from "@steadfast/policy";
import type { SupervisorNews } from "./events.js";

type Exited = SlotReport & { readonly type: "exited" };

/** The news in a command, or null where there are none, or only after it was carried out. */
export function newsOf(command: SlotCommand): SupervisorNews | null {
  switch (command.type) {
    case "request-stop":
      return { type: "stopping", reason: command.reason };
    case "kill":
      return { type: "killing" };
    case "abandon":
      return { type: "abandoned" };
    case "stale":
      return { type: "stale", report: command.report.type };
    case "report":
      return command.report.type === "exited" ? null : command.report;
    case "launch":
      return null;
  }
}

/** The news of an exit, once it was judged. */
export function exitNews({ exit, uptimeMs, ordered }: Exited, failed: boolean): SupervisorNews {
  return { type: "exited", exit: exitRecord(exit), failed, uptimeMs, ordered };
}
