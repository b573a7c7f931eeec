// cli: topomatch check: loads, evaluates pod by pod, and prints as it goes.

import type { PodReport, TopologyMatcher } from "../index.js";
import type { CheckArguments } from "./arguments.js";
import { printable } from "./failure.js";
import type { Io } from "./io.js";
import { Output } from "./io.js";
import { load } from "./load.js";
import { Notices } from "./notices.js";
import { tableOf, wantsColour } from "./table.js";

const A_SECOND = 1000;

/** The exit status: 0 every pod has a node, 1 some has none. @throws Failure before anything is printed. */
export async function check(wanted: CheckArguments, io: Io): Promise<number> {
  const out = new Output(io.stdout);
  const err = new Output(io.stderr);
  const notices = new Notices();
  const { matcher, objects, pods } = await load(wanted, io, notices);
  for (const line of notices.lines()) await err.write(`${printable(line)}\n`);
  await err.flush();
  if (wanted.printObjects) {
    await printObjects(out, objects, wanted);
    return 0;
  }
  const status = await report(wanted, matcher, pods, io, out, err);
  await out.flush();
  return status;
}

async function report(
  wanted: CheckArguments,
  matcher: TopologyMatcher,
  pods: readonly string[],
  io: Io,
  out: Output,
  err: Output,
): Promise<number> {
  const head = {
    apiVersion: "topomatch/v1",
    kind: "FeasibilityReport",
    kubernetes: wanted.kubernetes,
    mode: wanted.mode,
    filters: wanted.filters,
    gates: wanted.gates,
    nodes: matcher.nodes.size,
  };
  const printer = await printerOf(wanted, head, io, out);
  let status = 0;
  let told = Date.now();
  for (const [i, pod] of pods.entries()) {
    if (out.closed) break;
    const answer = matcher.evaluatePod(pod).toReport({ plans: wanted.plans });
    if (!answer.schedulable) status = 1;
    await printer.pod(answer);
    if (Date.now() - told < A_SECOND) continue;
    told = Date.now();
    await err.write(
      `${err.isTerminal ? "\r" : ""}evaluated ${i + 1} of ${pods.length} pods${err.isTerminal ? "" : "\n"}`,
    );
    await err.flush();
  }
  await printer.end();
  return status;
}

interface Printer {
  pod(report: PodReport): Promise<void>;
  end(): Promise<void>;
}

interface Head {
  readonly nodes: number;
}

async function printerOf({ output }: CheckArguments, head: Head, io: Io, out: Output): Promise<Printer> {
  if (output === "json") return jsonPrinter(head, out);
  if (output === "yaml") return yamlPrinter(head, out);
  const reports: PodReport[] = [];
  const options = { nodes: head.nodes, wide: output === "wide", colour: wantsColour(io.env, out.isTerminal) };
  return {
    pod: async (report) => {
      reports.push(report);
    },
    end: () => out.write(tableOf(reports, options)),
  };
}

/** Written pod by pod: a report of many pods on many nodes would not fit one string. */
async function jsonPrinter(head: Head, out: Output): Promise<Printer> {
  await out.write(`${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "pods": [`);
  let first = true;
  return {
    pod: async (report) => {
      const text = JSON.stringify(report, undefined, 2).replaceAll("\n", "\n    ");
      await out.write(`${first ? "" : ","}\n    ${text}`);
      first = false;
    },
    end: () => out.write(`${first ? "" : "\n  "}]\n}\n`),
  };
}

async function yamlPrinter(head: Head, out: Output): Promise<Printer> {
  const { stringify } = await import("yaml");
  await out.write(stringify(head));
  let first = true;
  return {
    pod: async (report) => {
      await out.write(`${first ? "pods:\n" : ""}${stringify([report], { aliasDuplicateObjects: false })}`);
      first = false;
    },
    end: () => out.write(first ? "pods: []\n" : ""),
  };
}

async function printObjects(out: Output, objects: readonly object[], { output }: CheckArguments): Promise<void> {
  if (output === "yaml") {
    const { stringify } = await import("yaml");
    const items =
      objects.length === 0 ? "items: []\n" : `items:\n${stringify(objects, { aliasDuplicateObjects: false })}`;
    await out.write(`apiVersion: v1\nkind: List\n${items}`);
  } else {
    await out.write('{\n  "apiVersion": "v1",\n  "kind": "List",\n  "items": [');
    for (const [i, object] of objects.entries()) {
      await out.write(`${i === 0 ? "" : ","}\n    ${JSON.stringify(object, undefined, 2).replaceAll("\n", "\n    ")}`);
    }
    await out.write(`${objects.length === 0 ? "" : "\n  "}]\n}\n`);
  }
  await out.flush();
}
