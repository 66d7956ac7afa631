// A command that gives one order, says the answer, and exits with 1 where it was not carried out.

import { CliError } from "../cli-error.js";
import type { World } from "../world.js";
import { ask } from "./client.js";
import type { Request } from "./request.js";

const SOCKET = "the socket of the stack (default: that of this folder, or of one around it)";

export const SOCKET_OPTION = ["--socket <path>", SOCKET] as const;

export interface SocketOptions {
  readonly socket?: string;
}

export async function order(
  request: Request,
  { socket }: SocketOptions,
  world: World,
): Promise<number> {
  let isDone: boolean | null = null;
  await ask(request, socket, world, (reply) => {
    if (!("done" in reply)) return;
    isDone = reply.done;
    (reply.done ? world.out : world.err).line(reply.text);
  });
  if (isDone === null) throw new CliError("the stack ended before it answered", null, 1);
  return isDone ? 0 : 1;
}
