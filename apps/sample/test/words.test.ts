import { expect, it } from "vitest";
import { countWords } from "../src/app/words.js";

it.each([
  ["", 0, "nothing"],
  [" \n\t ", 0, "white space only"],
  ["one", 1, "no white space at all"],
  ["  one two\nthree\r\n", 3, "white space at both ends"],
  ["a\u00a0b", 2, "a no-break space divides"],
  ["\ufeffa b", 2, "a byte order mark is white space"],
  ["don't stop-it", 2, "punctuation does not divide"],
])("counts %j as %i: %s", (text, words) => {
  expect(countWords(text)).toBe(words);
});
