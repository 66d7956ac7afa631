// The probes of process-compose, which are those of Kubernetes: one of the two is taken.

import { changed, dropped, type Finding } from "../imported.js";
import type { ObjectReader } from "../object-reader.js";
import type { ServiceProbe } from "../service.js";

const PERIOD_S = 10;
const TIMEOUT_S = 1;
const FAILURES = 3;

/** The readiness probe, else the liveness probe; of both the second is reported. */
export function probeOf(reader: ObjectReader, report: Finding[]): ServiceProbe | undefined {
  const readiness = reader.inside("readiness_probe");
  const liveness = reader.inside("liveness_probe");
  const probe = readiness ?? liveness;
  if (readiness && liveness) reader.dropped("liveness_probe", "the readiness probe is the one");
  if (probe === undefined) return undefined;
  const check = checkOf(probe, report);
  const whole = (key: string, usual: number) =>
    Math.max(1, Math.round((probe.number(key) ?? usual) * 1_000));
  const how = {
    for: readiness ? "readiness" : "liveness",
    periodMs: whole("period_seconds", PERIOD_S),
    timeoutMs: whole("timeout_seconds", TIMEOUT_S),
    failures: Math.max(1, probe.whole("failure_threshold", 0) ?? FAILURES),
  } as const;
  if ((probe.number("success_threshold") ?? 1) !== 1) {
    probe.changed("success_threshold", "the first success counts");
  }
  probe.end({ initial_delay_seconds: "failures count from the beginning" });
  return check && { check, ...how };
}

function checkOf(probe: ObjectReader, report: Finding[]): ServiceProbe["check"] | undefined {
  const exec = probe.inside("exec");
  const command = exec?.text("command");
  if (exec && command !== undefined) {
    const folder = exec.text("working_dir");
    if (folder !== undefined) exec.changed("working_dir", "it looks from the folder of the host");
    exec.end();
    return { command, shell: true };
  }
  const get = probe.inside("http_get");
  if (get === undefined) {
    report.push({ ...dropped(probe.path.join("."), "it looks at nothing"), path: probe.path });
    return undefined;
  }
  const host = get.text("host") ?? "127.0.0.1";
  const scheme = get.text("scheme") ?? "http";
  const port = get.text("port");
  const path = get.text("path") ?? "/";
  get.end();
  const url = `${scheme}://${host}${port === undefined ? "" : `:${port}`}${path.replace(/^\/?/, "/")}`;
  if (URL.canParse(url)) return { http: url };
  report.push({ ...changed(get.path.join("."), `${url} is no URL`), path: get.path });
  return undefined;
}
