// npm run faults: every allocation fails, in full, on both engines and with threads, and every call of a kernel traps;
// docs/reliability.md has the figures. Usage: npm run faults [-- SEEDS [REGEX OF WORKS, growth, threads, traps]].

import { selectEngineSync } from "../../lib/evaluate/select-engine.js";
import { createMatcherSync } from "../../lib/index.js";
import { matcherOver } from "../../lib/matcher.js";
import { watchAllocations } from "./allocations.js";
import type { Result } from "./faults.js";
import { tryFaults } from "./faults.js";
import { tryGrowth } from "./growth.js";
import { threadedMatchers } from "./threaded.js";
import { trappingEngine, withTrap } from "./traps.js";
import { OPTIONS } from "./world.js";

const seeds = Number(process.argv[2] ?? 4);
const pattern = new RegExp(process.argv[3] ?? "");
let wrong = 0;

function report(name: string, work: () => Result): void {
  const before = process.cpuUsage();
  const { failures, thrown, works, wrong: texts } = work();
  const seconds = (process.cpuUsage(before).user / 1e6).toFixed(0);
  wrong += texts.length;
  console.log(
    `${name}: ${works} works, ${failures} failures, ${thrown} calls threw, ${texts.length} wrong; ${seconds} s`,
  );
  for (const text of texts.slice(0, 20)) console.log(text.slice(0, 1500));
}

watchAllocations();
for (const engine of ["wasm", "javascript"] as const) {
  const create = () => createMatcherSync({ ...OPTIONS, engine });
  for (let seed = 1; seed <= seeds; seed++) {
    const nodes = seed % 2 === 0 ? 40 : 6;
    const works = ({ name }: { readonly name: string }) => pattern.test(name);
    report(`${engine}, seed ${seed}, ${nodes} nodes`, () =>
      tryFaults({ seed, nodes, pods: 4, share: 1, create, fresh: create, works }),
    );
  }
  if (pattern.test("growth")) report(`${engine}, growth`, () => tryGrowth({ create, share: 1, seed: 1 }));
}
const fresh = () => createMatcherSync(OPTIONS);
const ofThreads = /countFeasible|^trim|verdict|^replace|^upsert/;
if (pattern.test("threads")) {
  const { close, create } = await threadedMatchers(8);
  const works = ({ name }: { readonly name: string }) => ofThreads.test(name);
  report("threads, seed 3", () => tryFaults({ seed: 3, nodes: 6, pods: 4, share: 1, create, fresh, works }));
  await close();
}
if (pattern.test("traps")) {
  const create = () => matcherOver(trappingEngine(selectEngineSync("wasm")), OPTIONS);
  const plan = { seed: 4, nodes: 6, pods: 4, share: 1, create, fresh, inject: withTrap } as const;
  report("traps, seed 4", () => tryFaults({ ...plan, code: "EngineFailed" }));
}
process.exitCode = wrong > 0 ? 1 : 0;
