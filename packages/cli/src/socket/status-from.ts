import { CliError } from "../cli-error.js";
import type { World } from "../world.js";
import { ask } from "./client.js";
import type { SocketOptions } from "./order.js";
import type { StackStatus } from "./reply.js";

/** What a running stack says of itself. Throws CliError if there is none. */
export async function statusFrom({ socket }: SocketOptions, world: World): Promise<StackStatus> {
  let status: StackStatus | null = null;
  await ask({ ask: "status" }, socket, world, (reply) => {
    if ("status" in reply) status = reply.status;
  });
  if (status === null) throw new CliError("the stack ended before it answered", null, 1);
  return status;
}
