import { testFaultTable } from "../../../config/testing/fault-table-tests.ts";
import { faultGroups } from "./faults/table.ts";

testFaultTable(faultGroups, import.meta.url);
