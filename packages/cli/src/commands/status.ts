// `steadfast status`: all that is known of a running stack; as JSON for programs.

import type { CliCommand } from "../cli-command.js";
import { SOCKET_OPTION, type SocketOptions } from "../socket/order.js";
import { statusFrom } from "../socket/status-from.js";
import { safe } from "../status/cells.js";

interface StatusOptions extends SocketOptions {
  readonly json?: boolean;
}

export const status: CliCommand = {
  name: "status",
  summary: "say how a running stack is, and why; exits with 1 if a child is not well",
  example: "steadfast status --json",
  define(command) {
    command.option("--json", "everything that is known, as JSON").option(...SOCKET_OPTION);
  },
  async run(command, world) {
    const options = command.opts<StatusOptions>();
    const stack = await statusFrom(options, world);
    const { out } = world;
    const bad = stack.rows.filter(({ state }) => state.is === "bad");
    if (options.json) {
      out.line(JSON.stringify(stack, null, 2));
    } else {
      const up = stack.rows.filter(({ state }) => state.is === "good").length;
      out.line(
        `${stack.name} (pid ${stack.pid}) in ${stack.folder}: ${up} of ${stack.rows.length} ready`,
      );
      for (const { name, state, why } of stack.rows) {
        if (why.length > 0) out.line(`${safe(name)} is ${state.word}. ${why.map(safe).join(" ")}`);
      }
    }
    return bad.length > 0 ? 1 : 0;
  },
};
