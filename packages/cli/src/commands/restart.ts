// `steadfast restart NAME`: an order to one child of a running stack.

import type { CliCommand } from "../cli-command.js";
import { order, SOCKET_OPTION, type SocketOptions } from "../socket/order.js";

export const restart: CliCommand = {
  name: "restart",
  summary: "restart a child of a running stack; all replicas of a name in turn",
  example: "steadfast restart web",
  define(command) {
    command.argument("<name>", "one child, or all replicas of a name").option(...SOCKET_OPTION);
  },
  async run(command, world) {
    const [name = ""] = command.args;
    return order({ ask: "restart", name }, command.opts<SocketOptions>(), world);
  },
};
