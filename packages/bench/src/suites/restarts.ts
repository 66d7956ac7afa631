// Counted restarts per second of CPU, by how full the window gets, beside one OTP supervisor whose only child ends
// itself at once. Each window fills up, refuses, and the next one begins. CPU is that of the whole process, for ours
// and for OTP, whose schedulers do not spin; restarts per second of time that passes stand beside it.
//
// OTP goes through its list of restarts at every restart, so it slows down as its intensity grows: it is measured
// at 10, 1 000 and 10 000. Its usual child is a gen_server; a bare process without a start-up of its own is the
// lightest there is. Its reports are silent, except in one row, where they are written to a file as by default.

import { giveUp, type RestartPolicy } from "@steadfast/policy";
import { retry, taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { erlang } from "../peers.ts";
import { type Figures, QUIET_HEAP, type Reach, type Suite } from "../suite.ts";

const FILLS = [10, 1_000, 100_000];
const boom = new Error("boom");
const failing = () => Promise.reject(boom);

type Once = (policy: RestartPolicy) => Promise<unknown>;

async function perSecond(once: Once, fill: number, total: number): Promise<Figures> {
  const policy = giveUp(slidingWindow({ limit: fill, windowMs: 3_600_000, counts: "restarts" }));
  const rounds = Math.max(1, Math.ceil(total / fill));
  const many = async (times: number) => {
    for (let i = 0; i < times; i++) await once(policy);
  };
  await many(Math.ceil(rounds / 4));
  const cpuFrom = process.cpuUsage();
  const from = process.hrtime.bigint();
  await many(rounds);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const { user, system } = process.cpuUsage(cpuFrom);
  const restarts = rounds * fill;
  return { perCpu: (restarts * 1e6) / (user + system), perSecond: restarts / seconds };
}

const retried: Once = (policy) => retry(failing, { policy }).catch(() => {});
const launcher = taskLauncher(failing);
const supervised: Once = async (policy) => {
  const { type } = await supervise(launcher, { policy }).outcome;
  if (type !== "refused") throw new Error(type);
};

/** What the script printed, whatever OTP wrote around it. */
export function otpFigures(printed: string): Figures {
  const [, perSecond, perCpu] = /^figures (\d+) (\d+)/m.exec(printed) ?? [];
  if (perSecond === undefined) throw new Error(`restarts.escript printed no figures: ${printed}`);
  return { perCpu: Number(perCpu), perSecond: Number(perSecond) };
}

type OtpChild = "bare" | "gen_server";

function otp(fill: number, child: OtpChild, total: number, reports = "silent"): Figures {
  const printed = erlang("restarts.escript", String(total), String(fill), child, reports);
  return otpFigures(printed);
}

const shown = (fill: number) => fill.toLocaleString("en").replaceAll(",", " ");

function ours(name: string, once: Once, total: number) {
  const all = FILLS.map((fill) => [`${name}, ${shown(fill)}`, () => perSecond(once, fill, total)]);
  return Object.fromEntries(all) as Record<string, () => Promise<Figures>>;
}

/** At least so many times OTP as it comes, in the same run, and as fast with a window of 100 000 as with one of 10. */
function reaches(name: string, times: number): readonly Reach[] {
  const figure = "perCpu";
  return [
    {
      candidate: `${name}, 1 000`,
      figure,
      than: "OTP, gen_server, 1 000, with its reports",
      atLeast: times,
    },
    {
      candidate: `${name}, 100 000`,
      figure,
      than: "OTP, gen_server, 1 000, with its reports",
      atLeast: times,
    },
    { candidate: `${name}, 100 000`, figure, than: `${name}, 10`, atLeast: 1 / 1.6 },
  ];
}

export const suite: Suite = {
  name: "restarts",
  flags: QUIET_HEAP,
  tables: [
    {
      name: "counted",
      title: "counted restarts per second, by the size of the window that fills",
      figures: {
        perCpu: { unit: "/s of CPU", digits: 0 },
        perSecond: { unit: "/s", digits: 0 },
      },
      candidates: {
        "OTP, gen_server, 1 000": () => otp(1_000, "gen_server", 10_000),
        "OTP, gen_server, 10": () => otp(10, "gen_server", 20_000),
        "OTP, gen_server, 1 000, with its reports": () =>
          otp(1_000, "gen_server", 4_000, "written"),
        "OTP, bare, 10": () => otp(10, "bare", 50_000),
        "OTP, bare, 1 000": () => otp(1_000, "bare", 20_000),
        "OTP, bare, 10 000": () => otp(10_000, "bare", 10_000),
        ...ours("retry", retried, 200_000),
        ...ours("supervise", supervised, 50_000),
      },
      reaches: [...reaches("retry", 25), ...reaches("supervise", 8)],
    },
  ],
};
