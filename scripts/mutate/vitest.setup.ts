// A law that a mutant breaks is broken: nobody reads the smallest case.

import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
