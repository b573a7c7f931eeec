// The library's other two programs: the matcher with threads, and the command, which reads the objects as they were
// written.

import { DEFAULT_KUBERNETES } from "../../../lib/options.js";
import { createThreadedMatcher } from "../../../lib/threads.js";
import { topomatch } from "../../cli/program.js";
import type { KubeObject } from "../../reference/generator/world.js";
import { type KubeObject as Loaded, load } from "../../support/load.js";
import { completed, isPending } from "./completed.js";
import type { JsonReport } from "./oracle.js";
import { optionsOf, reportOf, type Setting } from "./sides.js";

export type Program = (objects: readonly KubeObject[], setting: Setting) => Promise<JsonReport>;

export const PROGRAMS: Readonly<Record<string, Program>> = {
  threads: async (objects, setting) => {
    const { engine: _, ...options } = optionsOf(setting, "wasm");
    const matcher = await createThreadedMatcher({ ...options, threads: 2 });
    try {
      const complete = completed(objects);
      load(matcher, complete as readonly Loaded[]);
      const pods = complete.filter(isPending);
      const report = reportOf(matcher, pods);
      const ids = Uint32Array.from(report.pods, ({ pod }: JsonReport) => matcher.podId(pod));
      const counts = new Uint32Array(ids.length);
      matcher.countFeasible(ids, counts);
      const wrong = report.pods.findIndex(({ feasible }: JsonReport, at: number) => counts[at] !== feasible.length);
      if (wrong >= 0) report.pods[wrong] = { pod: report.pods[wrong].pod, count: counts[wrong] };
      return report;
    } finally {
      await matcher.close();
    }
  },
  command: async (objects, { filters, gates, kubernetes = DEFAULT_KUBERNETES }) => {
    const argv = ["check", "-f", "-", "-o", "json", "--plans", "--kubernetes", kubernetes];
    argv.push("--filters", filters.join(","));
    for (const [gate, value] of Object.entries(gates)) argv.push("--gate", `${gate}=${value}`);
    const stdin = [JSON.stringify({ apiVersion: "v1", kind: "List", items: objects })];
    const { stderr, stdout } = await topomatch(argv, { stdin });
    if (stdout === "") throw new Error(stderr);
    const report: JsonReport = JSON.parse(stdout);
    // What the provisioner will say is told beside the verdict; another judge has it.
    for (const pod of report.pods) delete pod.provisioning;
    return report;
  },
};
