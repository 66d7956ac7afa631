// `steadfast ls`: the table of a running stack, once.

import type { CliCommand } from "../cli-command.js";
import { SOCKET_OPTION, type SocketOptions } from "../socket/order.js";
import { statusFrom } from "../socket/status-from.js";
import { statusTable } from "../status/table.js";

export const ls: CliCommand = {
  name: "ls",
  summary: "show the children of a running stack",
  example: "steadfast ls",
  define(command) {
    command.option(...SOCKET_OPTION);
  },
  async run(command, world) {
    const { rows } = await statusFrom(command.opts<SocketOptions>(), world);
    const { out } = world;
    out.line(statusTable(rows, { width: out.isTerminal ? out.width() : PIPED, color: out.color }));
    return 0;
  },
};

/** Nothing is cut for a program that reads it. */
const PIPED = 1_000;
