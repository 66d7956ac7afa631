// What we are compared with and did not write. Packages stand in bench/ of the repository, with a lockfile of
// their own, where `pnpm bench:peers` installs them; OTP is Debian's erlang-base.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { NotMeasured } from "./suite.ts";

const FOLDER = new URL("../../../bench/node_modules/", import.meta.url);

/** A module of a peer by its path: `p-retry/index.js`. */
export async function peer(path: string): Promise<unknown> {
  const url = new URL(path, FOLDER);
  if (!existsSync(url)) throw new NotMeasured("`pnpm bench:peers` installs it");
  return import(url.href);
}

/** What an Erlang script prints. Compiled before it runs. */
export function erlang(script: string, ...args: readonly string[]): string {
  const file = new URL(`./otp/${script}`, import.meta.url).pathname;
  try {
    return execFileSync("escript", [file, ...args], { encoding: "utf8" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new NotMeasured("no escript (Debian: apt-get install erlang-base)");
  }
}
