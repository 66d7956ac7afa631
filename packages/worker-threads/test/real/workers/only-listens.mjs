// Hears messages, and has no handler for requests.

import { onMessage, ready } from "@steadfast/worker-threads/worker";

onMessage(() => {});
ready();
