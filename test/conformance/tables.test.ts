// The tables against the library, on both engines.

import { test } from "uvu";
import { ENGINES, libraryJudge } from "./library-judge.js";
import { registerTables } from "./run-tables.js";

for (const engine of ENGINES) registerTables(libraryJudge(engine));

test.run();
