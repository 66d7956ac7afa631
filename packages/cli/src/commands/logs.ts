// `steadfast logs [name] [-f]`: the last lines of the children of a running stack, and those that come.

import type { CliCommand } from "../cli-command.js";
import { ask } from "../socket/client.js";
import { SOCKET_OPTION, type SocketOptions } from "../socket/order.js";
import { prefixed } from "../stack/prefixed.js";

interface LogsOptions extends SocketOptions {
  readonly follow?: boolean;
}

export const logs: CliCommand = {
  name: "logs",
  summary: "show what the children of a running stack have written",
  example: "steadfast logs web",
  define(command) {
    command
      .argument("[name]", "one child, or all replicas of a name; all without it")
      .option("-f, --follow", "go on with what comes")
      .option(...SOCKET_OPTION);
  },
  async run(command, { out, err, ...world }) {
    const [name = null] = command.args;
    const { follow = false, socket } = command.opts<LogsOptions>();
    let code = 0;
    await ask({ ask: "logs", name, follow }, socket, world, (reply) => {
      if ("log" in reply)
        (reply.log.stream === "stdout" ? out : err).line(prefixed(reply.log, out));
      else if ("lost" in reply) err.line(`${reply.lost} lines lost: they were not read in time`);
      else if ("done" in reply) {
        code = 1;
        err.line(reply.text);
      }
    });
    return code;
  },
};
