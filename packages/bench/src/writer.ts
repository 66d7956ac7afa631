// A program that writes a gigabyte: lines of 100 bytes, in blocks as large as a pipe.

export const MIBS = 1_024;

export const WRITER = `
  const fs = require("fs");
  const block = Buffer.alloc(65_500, "x".repeat(99) + "\\n");
  for (let left = ${MIBS * 1_048_576}; left > 0; left -= block.length)
    for (let at = 0; at < block.length; ) at += fs.writeSync(1, block, at);`;
