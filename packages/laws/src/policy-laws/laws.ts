// Every law there is about a restart policy.

import { anytimeLaws } from "./anytime-laws.js";
import { delayLaws } from "./delay-laws.js";
import { describesItself } from "./describe-law.js";
import { forgettingLaws } from "./forgetting-laws.js";
import { forgivingLaws } from "./forgiving-laws.js";
import { parseRejectsJunk } from "./junk-law.js";
import { staysSmall } from "./memory-law.js";
import { optionLaws } from "./option-laws.js";
import { pureLaws } from "./pure-laws.js";
import { rateLaws } from "./rate-laws.js";
import { reasonsAreCodes } from "./reason-law.js";
import { refusalLaws } from "./refusal-laws.js";
import { savedLaws } from "./saved-laws.js";
import type { PolicyLaw } from "./script-law.js";
import { spreadAtCap } from "./spread-law.js";
import { timeLaws } from "./time-laws.js";

/** In the order in which they are tried: what the others rely on comes first. */
export const LAWS: readonly PolicyLaw[] = [
  ...pureLaws,
  ...savedLaws,
  parseRejectsJunk,
  describesItself,
  ...anytimeLaws,
  ...timeLaws,
  ...forgettingLaws,
  staysSmall,
  reasonsAreCodes,
  ...refusalLaws,
  ...rateLaws,
  ...delayLaws,
  spreadAtCap,
  ...forgivingLaws,
  ...optionLaws,
];
