// Leaves its supervisor's channel, and then fails.

process.disconnect();
process.exitCode = 5;
