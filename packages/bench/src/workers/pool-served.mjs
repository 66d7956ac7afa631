// A small task, for our pool.

import { serve } from "@steadfast/worker-threads/worker";

serve(({ a, b }) => (a < 0 ? process.exit(1) : a + b));
