// The built site for a test, and the addresses of its pages.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { later } from "../test/stage.ts";
import { startSite, WWW } from "./server.ts";

/** Every page but the one for addresses that are not there. */
export const PAGES: readonly string[] = globSync("**/*.html", { cwd: WWW })
  .filter((page) => page !== "404.html")
  .sort();

/** The text of a page. */
export const readPage = (path: string): string => readFileSync(join(WWW, path), "utf8");

/** Serves it until the test ends; answers the origin. */
export async function serveSite(): Promise<string> {
  const { origin, close } = await startSite();
  later(close);
  return origin;
}
