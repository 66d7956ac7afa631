module.exports = { apps: [{ name: "api", script: "server.mjs", instances: 2, max_restarts: 5 }] };
