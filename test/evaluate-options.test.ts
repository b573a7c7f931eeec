// Options of a question that have another shape are refused in a sentence.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EvaluateOptions, ExternalRejection } from "../lib/index.js";
import { createMatcherSync, TopologyError } from "../lib/index.js";

const PORTS = "node(s) didn't have free ports for the requested pod ports";
const from = (plugin: string, reason: string, ...nodes: string[]): ExternalRejection => {
  return { plugin, code: "Unschedulable", reasons: [reason], nodes };
};

test("the sentence names the field and the node, and nothing is answered", () => {
  const matcher = createMatcherSync();
  matcher.nodes.replace([{ metadata: { name: "a1" } }, { metadata: { name: "b1" } }]);
  const pod = { metadata: { name: "pod" } };
  matcher.pods.upsert(pod);
  const other = createMatcherSync();
  const good = from("NodePorts", PORTS, "a1");
  const cases: readonly (readonly [options: unknown, code: string, path: string, message: string])[] = [
    [7, "BadArgument", "options", "options must be an object, but is a number"],
    [{ node: [] }, "BadArgument", "options", "options has no node: there are rejected, nodes"],
    [{ nodes: "a1" }, "BadArgument", "nodes", "nodes takes a list or another iterable, but was given a string"],
    [{ nodes: ["a1", 1.5] }, "BadArgument", "nodes[1]", "nodes[1] must be a node's name or id, but is 1.5"],
    [{ nodes: ["a1", "x"] }, "UnknownNode", "nodes[1]", "nodes: node x is not known to the matcher"],
    [{ nodes: [99] }, "UnknownNode", "nodes[0]", "nodes: node id 99 is not known to the matcher"],
    [{ nodes: other.createNodeMask() }, "BadArgument", "nodes", "the node mask is another matcher's"],
    [
      { rejected: good },
      "BadArgument",
      "rejected",
      "evaluatePod takes a list or another iterable, but was given an object",
    ],
    [{ rejected: [null] }, "BadArgument", "rejected[0]", "rejected[0] must be an object, but is null"],
    [
      { rejected: [{ ...good, node: 1 }] },
      "BadArgument",
      "rejected[0]",
      "rejected[0] has no node: there are plugin, code, reasons, nodes, preFilter",
    ],
    [
      { rejected: [good, { ...good, plugin: "" }] },
      "BadArgument",
      "rejected[1].plugin",
      `rejected[1].plugin must be a plugin's name, but is ""`,
    ],
    [
      { rejected: [{ ...good, code: "Pending" }] },
      "BadArgument",
      "rejected[0].code",
      'rejected[0].code must be Unschedulable or UnschedulableAndUnresolvable, but is "Pending"',
    ],
    [
      { rejected: [{ ...good, reasons: PORTS }] },
      "BadArgument",
      "rejected[0].reasons",
      "rejected[0].reasons must be a list of texts, but is a string",
    ],
    [
      { rejected: [{ ...good, reasons: [PORTS, 1] }] },
      "BadArgument",
      "rejected[0].reasons[1]",
      "rejected[0].reasons[1] must be text, but is a number",
    ],
    [
      { rejected: [{ ...good, nodes: undefined }] },
      "BadArgument",
      "rejected[0].nodes",
      "rejected[0] must have either nodes or preFilter: true",
    ],
    [
      { rejected: [{ ...good, preFilter: true }] },
      "BadArgument",
      "rejected[0].nodes",
      "rejected[0] must have either nodes or preFilter: true",
    ],
    [
      { rejected: [{ ...good, nodes: ["a1", "x"] }] },
      "UnknownNode",
      "rejected[0].nodes[1]",
      "rejected[0].nodes: node x is not known to the matcher",
    ],
    [
      { rejected: [good, from("NodePorts", "again", "b1", "a1")] },
      "BadArgument",
      "rejected[1].nodes",
      "rejected[1]: NodePorts has rejected node a1 already",
    ],
    [
      { rejected: [from("VolumeZone", "zone", "a1")] },
      "BadArgument",
      "rejected[0].plugin",
      "rejected[0].plugin: VolumeZone runs here: leave it out of filters",
    ],
  ];
  const verdict = matcher.createVerdict();
  for (const [options, code, path, message] of cases) {
    const refused = (error: unknown): boolean => {
      assert.instance(error, TopologyError);
      const { code: given, message: text, path: at } = error as TopologyError;
      assert.equal([given, at, text], [code, path, message]);
      return true;
    };
    assert.throws(() => matcher.evaluatePod("default/pod", options as EvaluateOptions), refused);
    assert.throws(() => matcher.evaluatePod(pod, options as EvaluateOptions), refused);
    assert.throws(() => verdict.evaluatePod("default/pod", options as EvaluateOptions), refused);
  }
  assert.equal(matcher.evaluatePod("default/pod", { rejected: [], nodes: undefined }).nodes.toJSON(), ["a1", "b1"]);
});

test.run();
