(timeout 280 nice pnpm exec vitest run test/tree-laws/try.test.ts) > .out 2>&1; grep -v "^$" .out | grep -v "vitest\|JSON report\|Test Files\|Start at\|Duration" | head -${L:-60} | cut -c1-900
