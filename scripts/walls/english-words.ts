// Words and turns of phrase that are not plain technical English, with what to write instead. A blank in a
// pattern stands for any white space, line breaks included; case does not matter.

export interface Banned {
  readonly pattern: string;
  readonly instead: string;
}

const BE = "(?:is|are|am|was|were|be|been|being)";
/** Where a sentence or a part of one begins, so that "who" has no noun before it. */
const BEGINNING = "(?<=[.:;(|]\\s|[.:;(|]\\s+(?:and|but|so)\\s)";

export const BANNED: readonly Banned[] = [
  // archaisms
  { pattern: "\\bmend(?:s|ed|ing)?\\b", instead: "fix" },
  { pattern: "\\bwho(?:m|so|mso)?ever\\b", instead: "the caller, anyone who, everyone who" },
  { pattern: "\\bfor ever\\b", instead: "forever" },
  { pattern: "\\bshall\\b", instead: "must, will or should" },
  { pattern: "\\bought\\b", instead: "should" },
  { pattern: "\\bupon\\b", instead: "on" },
  { pattern: "\\banew\\b", instead: "again" },
  { pattern: "\\bafresh\\b", instead: "again, from the start" },
  { pattern: "\\bthrice\\b", instead: "three times" },
  { pattern: "\\b(?:n|a)(?:o|a)?ught\\b", instead: "nothing, or anything" },
  { pattern: "\\b(?:amongst|whilst|amidst)\\b", instead: "among, while" },
  { pattern: "\\b(?:albeit|lest|notwithstanding)\\b", instead: "although, so that not" },
  {
    pattern: "\\b(?:hence(?:forth)?|hitherto|heretofore|forthwith)\\b",
    instead: "so, from now on, until now",
  },
  {
    pattern: "\\b(?:there|where|here)(?:of|upon|from|with|unto|in|by|to)\\b",
    instead: "of it, of which, and so on: a preposition and a noun",
  },
  { pattern: "\\b(?:whence|whither|thence|thither|hither)\\b", instead: "from where, to where" },
  { pattern: "\\b(?:deem|deems|deemed)\\b", instead: "consider, count as" },
  { pattern: "\\bheed(?:s|ed|ing)?\\b", instead: "follow, obey" },
  { pattern: "\\bof old(?=[.,;:])", instead: "before" },
  { pattern: "\\bfor want of\\b", instead: "because there is no" },
  { pattern: "\\bin vain\\b", instead: "without effect" },
  { pattern: "\\bby turns\\b", instead: "alternately" },
  { pattern: "\\b(?:mean|means|meant) ill\\b", instead: "is malicious" },

  // verbs that hide what happens
  {
    pattern: `\\b${BE}(?: (?:not|never|then|also|only|once|ever|still|always))? told\\b(?! apart)`,
    instead: "gets, receives, is reported as, is stepped with",
  },
  { pattern: "\\b(?:told|tell|tells|telling) (?:of|on)\\b", instead: "report" },
  { pattern: "\\b(?:throws?|thrown) on\\b", instead: "rethrown, passed on to the caller" },
  { pattern: "\\bsee(?:s|n)? to (?:it|that|this)\\b", instead: "ensure" },
  { pattern: "\\bcom(?:e|es|ing) by\\b", instead: "reach, run" },
  {
    pattern: "\\bcom(?:e|es|ing) to (?:nothing|it|that)(?=[.,;:)]|$)",
    instead: "has no effect, happens",
  },
  { pattern: "\\bput right\\b", instead: "fix" },

  // riddles: the noun or the sense is left to the reader
  {
    pattern: `${BEGINNING}who (?:asks|brings|comes|counts|dies|forgets|gives|goes|has|holds|keeps|kills|launches|lives|needs|orders|reads|refuses|says|sends|serves|sets|starts|stops|tells|throws|uses|waits|wants|writes)\\b(?![^.]*\\?)`,
    instead: "name the noun: a caller that, a child that",
  },
  { pattern: "\\bunasked\\b", instead: "without asking the policy" },
  { pattern: "\\bbreath\\b", instead: "at the same instant, in the same turn" },
  { pattern: "\\bat a stroke\\b", instead: "at once" },
  { pattern: "\\b(?:at|on) (?:its|their|his|the) heels\\b", instead: "right after it" },
  { pattern: "\\bat the door\\b", instead: "where it is called" },
  { pattern: "\\bin disguise\\b", instead: "say what it is" },
  { pattern: "\\byours to\\b", instead: "you have to" },
  { pattern: '\\bdumb(?:er|est)?\\b(?!["\\0])', instead: "simple" },
  { pattern: "\\bstrangers?\\b", instead: "a user, a process that is not ours" },
  { pattern: "\\bunder fire\\b", instead: "with injected faults" },
  { pattern: "\\bbut for\\b", instead: "except" },
  { pattern: "\\bas good as\\b", instead: "almost, equal to" },
  { pattern: "\\b(?:all|little|nothing much) else\\b", instead: "everything else" },
];
