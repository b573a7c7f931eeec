// The tables against the naive evaluator of test/reference.

import { test } from "uvu";
import { referenceJudge } from "../support/reference-judge.js";
import { registerTables } from "./run-tables.js";

registerTables(referenceJudge);

test.run();
