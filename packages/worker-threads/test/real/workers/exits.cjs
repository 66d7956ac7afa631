// A preload that ends the thread before its own module runs.
process.exit(Number(process.env.EXIT_CODE));
