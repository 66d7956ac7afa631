// A second terminal: finds the stack of this folder, asks it, and hands on each line of the answer.

import { connect } from "node:net";
import { CliError, messageOf } from "../cli-error.js";
import type { World } from "../world.js";
import { lineReader } from "./line-reader.js";
import { socketsFrom } from "./place.js";
import type { Reply } from "./reply.js";
import type { Request } from "./request.js";

/** The longest line of an answer: the status of thousands of children. */
const LONGEST = 64 * 1_048_576;
const FAILED = 1;

/**
 * Settles when the answer has ended.
 * @param socket as the person named it; undefined: that of this folder, or of one around it.
 * @throws CliError if no stack is there.
 */
export async function ask(
  request: Request,
  socket: string | undefined,
  { cwd, env }: Pick<World, "cwd" | "env">,
  hear: (reply: Reply) => void,
): Promise<void> {
  const places = socket === undefined ? socketsFrom(cwd, env) : [socket];
  for (const place of places) if (await asked(request, place, hear)) return;
  const where = socket === undefined ? `in ${cwd} or a folder around it` : `at ${socket}`;
  throw new CliError(`no stack is running ${where}; \`steadfast up\` starts one`, null, FAILED);
}

/** False if nobody is there. */
function asked(request: Request, path: string, hear: (reply: Reply) => void): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let isThere = false;
    const reader = lineReader(LONGEST, (line) => {
      const reply = JSON.parse(line) as Reply;
      if ("error" in reply) throw new CliError(reply.error, null, FAILED);
      hear(reply);
    });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setEncoding("utf8");
    socket.once("connect", () => {
      isThere = true;
      socket.write(`${JSON.stringify(request)}\n`);
    });
    socket.on("data", (piece: string) => {
      try {
        if (!reader.take(piece)) fail(new CliError("the answer is too long", null, FAILED));
      } catch (error) {
        fail(error instanceof Error ? error : new CliError(messageOf(error)));
      }
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (isThere) return; // the host is gone, which ends the answer
      if (error.code === "ENOENT" || error.code === "ECONNREFUSED") return resolve(false);
      fail(new CliError(`cannot ask at ${path} (${error.code})`, null, FAILED));
    });
    socket.once("close", () => resolve(isThere));
  });
}
