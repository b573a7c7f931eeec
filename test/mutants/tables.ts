// Tests of some tables on one engine. Usage: node tables.js NAME ...

import { test } from "uvu";
import type { ConformanceCase } from "../conformance/case.js";
import { libraryJudge } from "../conformance/library-judge.js";
import { registerTables } from "../conformance/run-tables.js";

const cases: ConformanceCase[] = [];
for (const name of process.argv.slice(2)) cases.push(...(await import(`../conformance/tables/${name}.js`)).cases);
registerTables(libraryJudge("wasm"), cases);

test.run();
