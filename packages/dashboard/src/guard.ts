// Who may ask. Every request is checked, before anything else is read of it:
//
// - `Host` names this server on loopback: a name that an attacker has pointed at 127.0.0.1 is refused.
// - `Origin`, where there is one, is this server's own; a POST has one, since only our page sends it.
// - What the browser says about where a request comes from (`Sec-Fetch-Site`) is our page, or a person.
// - Whatever tells or orders something has the token, compared in constant time. It is in a header, not in a cookie:
//   a cookie for 127.0.0.1 goes to every port of it, and `SameSite` takes every port for the same site.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.js";

/** A fresh token: 256 bits, as text that may stand in a URL. */
export function freshToken(): string {
  return randomBytes(32).toString("base64url");
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const SAME = ["same-origin", "none"];

export class Guard {
  readonly #expected: Buffer;
  readonly #hosts: readonly string[];

  constructor(token: string, port: number) {
    this.#expected = digest(token);
    this.#hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  }

  /** Throws a `Refusal` for a request that does not come from our own page. */
  checkPlace({ headers, method }: IncomingMessage): void {
    const { host = "", origin } = headers;
    if (!this.#hosts.includes(host)) {
      throw new Refusal(403, "wrong-host", `Host must be ${this.#hosts.join(" or ")}`);
    }
    const isOwn = origin === `http://${host}`;
    if (origin === undefined ? method === "POST" : !isOwn) {
      throw new Refusal(403, "wrong-origin", "Origin must be this page's own");
    }
    const site = headers["sec-fetch-site"];
    if (site !== undefined && !SAME.includes(String(site))) {
      throw new Refusal(403, "wrong-site", "a request must come from this page");
    }
  }

  /** Throws a `Refusal` for a request without the token. */
  checkToken({ headers: { authorization = "" } }: IncomingMessage): void {
    const given = digest(authorization.replace(/^Bearer /, ""));
    if (timingSafeEqual(given, this.#expected)) return;
    const message = "the token is missing or old: open the address that the program has printed";
    throw new Refusal(401, "wrong-token", message);
  }
}
