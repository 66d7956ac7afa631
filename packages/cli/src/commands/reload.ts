// `steadfast reload NAME`: an order to one child of a running stack.

import type { CliCommand } from "../cli-command.js";
import { order, SOCKET_OPTION, type SocketOptions } from "../socket/order.js";

export const reload: CliCommand = {
  name: "reload",
  summary: "ask a child of a running stack to read its configuration again",
  example: "steadfast reload web",
  define(command) {
    command.argument("<name>", "one child, or all replicas of a name").option(...SOCKET_OPTION);
  },
  async run(command, world) {
    const [name = ""] = command.args;
    return order({ ask: "reload", name }, command.opts<SocketOptions>(), world);
  },
};
