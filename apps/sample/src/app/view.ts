// What the user sees while it runs: a table that is drawn over and over on a terminal, lines elsewhere.

import { rowOf, statusTable } from "@steadfast/cli";
import type { SupervisorEvent } from "@steadfast/supervisor";
import logUpdate from "log-update";
import { progressBar } from "./progress-bar.js";
import type { Stack } from "./stack.js";
import { causeOf } from "./tally.js";

const FRAME_MS = 80;

export interface View {
  onEvent(event: SupervisorEvent): void;
  /** So many files are counted. */
  onProgress(): void;
  /** Leaves the screen as it is. */
  end(): void;
}

/** A terminal gets the table, unless it cannot draw (`TERM=dumb`) or belongs to a CI. */
export function makeView(stack: () => Stack): View {
  const { CI, TERM } = process.env;
  return process.stdout.isTTY && !CI && TERM !== "dumb" ? liveView(stack) : plainView(stack);
}

function liveView(stack: () => Stack): View {
  let frame: NodeJS.Timeout | null = null;

  function draw(): void {
    frame = null;
    const { ids, tree, ledger, budgets } = stack();
    const now = Date.now();
    const rows = ids.flatMap((id) => {
      const status = tree.child(id).status();
      const why = budgets.why(id);
      const told = { budget: budgets.budget(id, now), why: why === null ? [] : [why] };
      return status ? [rowOf(status, now, told)] : [];
    });
    const { columns } = process.stdout;
    const table = statusTable(rows, { width: columns });
    logUpdate(`${table}\n\n${progressBar(ledger.total.files, ledger.size, columns)}`);
  }

  function soon(): void {
    frame ??= setTimeout(draw, FRAME_MS);
  }

  return {
    onEvent: soon,
    onProgress: soon,
    end() {
      if (frame) clearTimeout(frame);
      draw();
      logUpdate.done();
    },
  };
}

function plainView(stack: () => Stack): View {
  let shown = 0;
  const share = () => {
    const { ledger } = stack();
    return ledger.size === 0 ? 0 : Math.floor((100 * ledger.total.files) / ledger.size);
  };

  return {
    onEvent(event) {
      if (event.type === "launched" && event.pid !== undefined) {
        console.log(`${event.id}: attempt ${event.attempt} has pid ${event.pid}`);
      }
      if (event.type === "exited" && event.failed) {
        console.log(`${event.id}: attempt ${event.attempt} ended (${causeOf(event.exit)})`);
      }
      if (event.type === "refused" && event.retryAfterMs !== null) {
        console.log(
          `${event.id}: refused (${event.reason}), ask again in ${event.retryAfterMs} ms`,
        );
      }
    },
    onProgress() {
      const now = share();
      if (now < shown + 10) return;
      shown = now - (now % 10);
      console.log(`counted ${shown} %`);
    },
    end() {},
  };
}
