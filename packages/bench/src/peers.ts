// What we are compared with and did not write. Packages stand in bench/ of the repository, with a lockfile of
// their own, where `pnpm bench:peers` installs them; OTP is Debian's erlang-base.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { NotMeasured } from "./suite.ts";

const FOLDER = new URL("../../../bench/node_modules/", import.meta.url);

function fileOf(path: string): URL {
  const url = new URL(path, FOLDER);
  if (!existsSync(url)) throw new NotMeasured("`pnpm bench:peers` installs it");
  return url;
}

/** A module of a peer by its path: `p-retry/index.js`. */
export const peer = async (path: string): Promise<unknown> => import(fileOf(path).href);

/** What a peer's package.json says. */
export function manifestOf(name: string): { readonly version: string } {
  return JSON.parse(readFileSync(fileOf(`${name}/package.json`), "utf8"));
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
