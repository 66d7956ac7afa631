import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import type { ProbeCheck, ProbeInfo } from "./prober.js";

/**
 * How `httpCheck` asks, and what it takes for well.
 * @since 0.1.0
 */
export interface HttpCheckOptions {
  /**
   * Which status means that the child is well: one, several, or a function. At least one. Default: from 200 to 399. A
   * redirection is not followed.
   */
  readonly status?: number | readonly number[] | ((status: number) => boolean);
  /** The request's method. Default `GET`. */
  readonly method?: string;
  /** The request's headers. Default: none of its own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Looks at a child by a request: `probe: { check: httpCheck("http://127.0.0.1:8080/health") }`.
 *
 * Decides: well if there is an answer with the right status, whose body is not read; not well if there is none, as
 * while the child does not listen yet. Period, time limit and how many failures count are the probe's. Effect: one
 * request per look, aborted when the answer is not wanted any more. Errors: `PolicyOptionsError` for a bad option.
 * Source: Kubernetes' `httpGet` probe, which also takes 200 to 399 for a success.
 *
 * @since 0.1.0
 * @example
 * const check = httpCheck(({ attempt }) => `http://127.0.0.1:${8080 + attempt}/health`, { status: 204 });
 * typeof check; // => "function"
 */
export function httpCheck(
  url: string | URL | ((info: ProbeInfo) => string | URL),
  options: HttpCheckOptions = {},
): ProbeCheck {
  readArguments("httpCheck", arguments, 2);
  const read = readOptions("httpCheck", options);
  const status = read.checked<NonNullable<HttpCheckOptions["status"]>>(
    "status",
    "a status, a list of one or more, or a function",
    (value) => {
      const codes = [value].flat();
      return typeof value === "function" || (codes.length > 0 && codes.every(isStatus));
    },
    (code: number) => code >= 200 && code < 400,
  );
  const method = read.checked("method", "a text", (value) => typeof value === "string", "GET");
  const headers = read.checked("headers", "an object", isRecord, {});
  read.end();
  if (typeof url !== "function" && !isUrl(url)) {
    throw new PolicyOptionsError(
      "httpCheck",
      "url",
      "a URL of http: or https:, or a function",
      url,
    );
  }
  return async (info, signal) => {
    const place = typeof url === "function" ? url(info) : url;
    const response = await fetch(place, { method, headers, signal, redirect: "manual" });
    await response.body?.cancel();
    const code = response.status;
    return typeof status === "function" ? status(code) === true : [status].flat().includes(code);
  };
}

function isStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599;
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isUrl(url: unknown): boolean {
  try {
    return ["http:", "https:"].includes(new URL(url as string).protocol);
  } catch {
    return false;
  }
}
