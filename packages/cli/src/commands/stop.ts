// `steadfast stop [NAME]`: ends one child and keeps it stopped, or the whole stack.

import type { CliCommand } from "../cli-command.js";
import { order, SOCKET_OPTION, type SocketOptions } from "../socket/order.js";

export const stop: CliCommand = {
  name: "stop",
  summary: "stop a running stack in order, or one child of it until it is restarted",
  example: "steadfast stop web",
  define(command) {
    command
      .argument("[name]", "one child, or all replicas of a name; the whole stack without it")
      .option(...SOCKET_OPTION);
  },
  async run(command, world) {
    const [name = null] = command.args;
    return order({ ask: "stop", name }, command.opts<SocketOptions>(), world);
  },
};
