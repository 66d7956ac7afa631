const kept = [];
for (;;) kept.push({ a: [1, 2, 3], b: `y${kept.length}` });
