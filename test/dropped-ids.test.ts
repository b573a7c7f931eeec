// What is worked out from ids is worked out anew when they may be others', and what nobody told of is counted then.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Amounts } from "../lib/compile/amounts.js";
import { DEFAULT_ARGUMENTS } from "../lib/compile/plugin-arguments.js";
import { PodRequests } from "../lib/compile/pod-requests.js";
import { TopologyError } from "../lib/errors.js";
import { NodeResources } from "../lib/evaluate/node-resources.js";
import { NodeUsage } from "../lib/evaluate/node-usage.js";
import { Derivations } from "../lib/intern/derived.js";
import { Strings } from "../lib/intern/strings.js";
import { addNode, emptyContext } from "./support/empty-context.js";

/** Frees the id of a text and gives it to another one. */
function replaceText(strings: Strings, id: number, text: string): void {
  const marked = new Uint8Array(strings.limit).fill(1);
  marked[id] = 0;
  strings.sweep(marked);
  assert.is(strings.intern(text), id);
}

test("amounts are those of the text that has the id now", () => {
  const strings = new Strings();
  const amounts = new Amounts(strings);
  const id = strings.intern("1.5");
  const all = () => [amounts.nanos(id), amounts.value(id), amounts.rounded(id), amounts.milli(id)];
  assert.equal(all(), [1_500_000_000n, 2n, 2, 1500n]);
  replaceText(strings, id, "2.25");
  amounts.dropIds();
  assert.equal(all(), [2_250_000_000n, 3n, 3, 2250n]);
});

test("whether a resource counts is asked of the name that has the id now", () => {
  const { cluster } = emptyContext();
  const rules = { minor: 37, args: DEFAULT_ARGUMENTS, podLevelResources: true, podLevelResize: true };
  const requests = new PodRequests(cluster, rules);
  const id = cluster.strings.intern("example.com/gpu");
  assert.ok(requests.names.counts(id));
  replaceText(cluster.strings, id, "no-slash");
  requests.dropIds();
  assert.not(requests.names.counts(id));
});

test("pods that came while nothing derived was told of them are counted when it is made anew", () => {
  const context = emptyContext();
  const { cluster, derivations, masks } = context;
  masks.resize(512);
  derivations.restore = () => masks.resize(512);
  const node = addNode(context, "n");
  const resources = new NodeResources(context);
  const place = (name: string) =>
    cluster.pods.upsert({ metadata: { name, namespace: "d" }, spec: { nodeName: "n", containers: [] } });
  const used = (): bigint => resources.freeOf(node, cluster.ids.pods, 0n);
  place("first");
  assert.is(used(), -1n);
  derivations.failed(new TopologyError("OutOfMemory", "no memory"));
  place("second");
  derivations.mend();
  assert.is(used(), -2n);
});

test("every owner is told that rows and ids are void, the last one first", () => {
  const derivations = new Derivations();
  const told: string[] = [];
  for (const name of ["first", "second"]) {
    derivations.add({
      cache: "amounts",
      held: () => ({ entries: 0, bytes: 0 }),
      dropRows: () => told.push(`${name} rows`),
      dropIds: () => told.push(`${name} ids`),
    });
  }
  derivations.dropAll();
  assert.equal(told, ["second rows", "first rows", "second ids", "first ids"]);
});

test("names of nodes that come and go with their pods leave nothing behind", () => {
  const usage = new NodeUsage(1, [2]);
  const request = [{ name: 2, amount: 5n, low: 5, high: 0 }];
  const pass = (name: number): void => {
    assert.is(usage.podCame(name, request), -1);
    usage.podWent(name, request);
  };
  pass(100);
  const { byteLength } = usage;
  for (let name = 101; name < 400; name++) pass(name);
  assert.is(usage.byteLength, byteLength);
});

test.run();
