// Services of every shape that a unit can have.

import fc from "fast-check";
import type { Service } from "../src/index.js";

const text = fc.stringMatching(/^[ -~\t\n\u00e4\u20ac]{0,12}$/);
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of systemd
const VARIABLE = "${X}";
const word = fc.oneof(
  text,
  fc.constantFrom("$HOME", VARIABLE, "%n", "a b", "", "'", '"', "\\x41", ";", "--port=80"),
);

const env = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,5}$/), word, { minKeys: 1, maxKeys: 3 });
/** A file of variables wins over the variables of a unit, so that a service has one of the two. */
const variables = fc.oneof(
  env.map((own) => ({ env: own })),
  fc.constantFrom({ envFiles: ["/etc/default/web"] }, { envFiles: ["/a", "/b"] }),
);

export const services: fc.Arbitrary<Service> = fc
  .tuple(
    variables,
    fc.record({
      id: fc.constantFrom("web", "web-1", "a.b"),
      command: fc.constantFrom("/usr/bin/env", "node"),
      args: fc.array(word, { minLength: 1, maxLength: 5 }),
      cwd: fc.constantFrom("/", "/srv/50%"),
      policy: fc.constant({ preset: "systemd", options: { gracePeriodMs: 1_500 } } as const),
      stop: fc.constantFrom({ signal: "SIGQUIT" }, { killScope: "mixed" } as const),
      reloadSignal: fc.constantFrom("SIGHUP", "SIGUSR2"),
      maxRunMs: fc.constantFrom(1, 1_000, 3_600_000),
      after: fc.constant([{ id: "db", until: "ready" } as const]),
    }),
  )
  .map(([own, rest]) => ({ ...rest, ...own }));
