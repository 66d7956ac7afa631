// For our pool.

import { serve } from "@steadfast/worker-threads/worker";
import { task } from "./tasks.mjs";

serve(task);
