// Counts of claims and pods between random changes of nodes, volumes and claims, against matching by hand.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { EngineName, NodeSelectorTermLike, TopologyMatcher } from "../lib/index.js";
import { createMatcherSync } from "../lib/index.js";
import { Random } from "./reference/generator/random.js";

type Labels = Record<string, string>;
type Requirement = { key: string; operator: string; values?: string[] };

const CLAIMS = 60;
// More nodes than a list may hold have one zone or pool, fewer one rack, and one has a host.
const ZONES = ["z0", "z1", "z2"];
const POOLS = ["p0", "p1", "p2", "p3", "p4"];

function labelsOf(random: Random, node: number): Labels {
  if (random.chance(0.05)) return {};
  const labels: Labels = { host: `h${node}`, zone: random.pick(ZONES), rack: `r${below(random, 60)}` };
  if (random.chance(0.9)) labels.pool = random.pick(POOLS);
  if (random.chance(0.7)) labels.cores = String(4 << below(random, 4));
  if (random.chance(0.1)) labels.gpu = "";
  return labels;
}

function requirement(random: Random, nodes: number): Requirement {
  const some = (make: () => string) => Array.from({ length: 1 + below(random, 3) }, make);
  const operator = random.chance(0.5) ? "In" : "NotIn";
  switch (below(random, 7)) {
    case 0:
      return { key: "zone", operator, values: some(() => random.pick(ZONES)) };
    case 1:
      return { key: "pool", operator, values: some(() => random.pick(POOLS)) };
    case 2:
      return { key: "rack", operator, values: some(() => `r${below(random, 60)}`) };
    case 3:
      return { key: "host", operator, values: some(() => `h${below(random, nodes)}`) };
    case 4:
      return { key: random.pick(["gpu", "pool"]), operator: random.pick(["Exists", "DoesNotExist"]) };
    case 5:
      // Frequent and rare values in one.
      return { key: random.pick(["pool", "rack"]), operator, values: [random.pick(POOLS), `r${below(random, 60)}`] };
    default:
      return { key: "cores", operator: random.pick(["Gt", "Lt"]), values: [String(3 + below(random, 32))] };
  }
}

function termsOf(random: Random, nodes: number): NodeSelectorTermLike[] {
  return Array.from({ length: 1 + below(random, 2) * below(random, 3) }, () => ({
    matchExpressions: Array.from({ length: 1 + below(random, 2) * below(random, 4) }, () => requirement(random, nodes)),
  }));
}

function holds({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const value = labels[key];
  if (operator === "NotIn") return value === undefined || !values.includes(value);
  if (operator === "DoesNotExist") return value === undefined;
  if (value === undefined) return false;
  if (operator === "Exists") return true;
  if (operator === "In") return values.includes(value);
  return operator === "Gt" ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
}

const matches = (terms: readonly NodeSelectorTermLike[], labels: Labels): boolean =>
  terms.some(({ matchExpressions }) => matchExpressions?.every((one) => holds(one as Requirement, labels)));

const below = (random: Random, end: number): number => random.int(0, end - 1);

/** What the matcher was told. */
class World {
  readonly nodes = new Map<number, Labels>();
  readonly terms: NodeSelectorTermLike[][] = [];
  /** Which volume each claim is bound to. */
  readonly bound: number[] = [];

  constructor(
    readonly matcher: TopologyMatcher,
    readonly random: Random,
    readonly most: number,
  ) {
    for (let node = 0; node < most / 2; node++) this.label(node);
    for (let i = 0; i < CLAIMS; i++) {
      this.place(i);
      this.bind(i, i);
      const volumes = [i, (i * 7) % CLAIMS].map((claim) => ({
        name: `v${claim}`,
        persistentVolumeClaim: { claimName: `c${claim}` },
      }));
      matcher.pods.upsert({
        metadata: { name: `p${i}`, namespace: "d" },
        spec: { volumes: volumes.slice(0, 1 + (i % 2)) },
      });
    }
  }

  label(node: number): void {
    const labels = labelsOf(this.random, node);
    this.nodes.set(node, labels);
    this.matcher.nodes.upsert({ metadata: { name: `n${node}`, labels } });
  }

  remove(node: number): void {
    this.nodes.delete(node);
    this.matcher.nodes.delete(`n${node}`);
  }

  /** Some volumes have equal affinities. */
  place(volume: number): void {
    const terms = volume > 0 && this.random.chance(0.2) ? this.terms[volume - 1] : termsOf(this.random, this.most);
    this.terms[volume] = terms;
    const nodeAffinity = { required: { nodeSelectorTerms: terms } };
    this.matcher.persistentVolumes.upsert({ metadata: { name: `pv${volume}` }, spec: { nodeAffinity } });
  }

  bind(claim: number, volume: number): void {
    this.bound[claim] = volume;
    this.matcher.persistentVolumeClaims.upsert({
      metadata: { name: `c${claim}`, namespace: "d", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
      spec: { volumeName: `pv${volume}` },
    });
  }

  change(): void {
    const { random } = this;
    const node = below(random, this.most);
    const some = below(random, CLAIMS);
    const what = below(random, 12);
    if (what < 5) this.label(node);
    else if (what < 8) this.remove(node);
    else if (what < 10) this.place(some);
    else if (what < 11) this.bind(some, below(random, CLAIMS + 1));
    else this.matcher.trim();
  }

  /** How many nodes all of these claims' volumes can be reached from. */
  count(...claims: number[]): number {
    const terms = claims.map((claim) => this.terms[this.bound[claim]]);
    if (terms.includes(undefined as never)) return 0;
    return [...this.nodes.values()].filter((labels) => terms.every((one) => matches(one, labels))).length;
  }

  check(hint: string): void {
    const { matcher } = this;
    const all = Array.from({ length: CLAIMS }, (_, i) => i);
    const counts = new Uint32Array(CLAIMS);
    matcher.countFeasibleClaims(
      Uint32Array.from(all, (i) => matcher.claimId(`d/c${i}`)),
      counts,
    );
    assert.equal(
      Array.from(counts),
      all.map((i) => this.count(i)),
      `claims, ${hint}`,
    );
    matcher.countFeasible(
      Uint32Array.from(all, (i) => matcher.podId(`d/p${i}`)),
      counts,
    );
    assert.equal(
      Array.from(counts),
      all.map((i) => (i % 2 === 0 ? this.count(i) : this.count(i, (i * 7) % CLAIMS))),
      `pods, ${hint}`,
    );
  }
}

for (const engine of ["wasm", "javascript"] as const satisfies readonly EngineName[]) {
  for (const nodes of [40, 300, 1400]) {
    test(`${engine}: counts between random changes, up to ${nodes} nodes`, () => {
      for (let seed = 0; seed < 6; seed++) {
        const world = new World(createMatcherSync({ engine }), new Random(seed * 100 + nodes), nodes);
        for (let round = 0; round < 30; round++) {
          world.check(`seed ${seed}, round ${round}`);
          for (let i = below(world.random, 3); i >= 0; i--) world.change();
        }
      }
    });
  }
}

for (const engine of ["wasm", "javascript"] as const) {
  test(`${engine}: a label is looked for where the node before had it, but among the node's own labels`, () => {
    const matcher = createMatcherSync({ engine });
    // Behind the few labels of one node lie those of the next one in memory.
    const labels = [{ a: "1", b: "1", zone: "z" }, { a: "1" }, { zone: "z" }, { zone: "z", a: "1" }, {}, { b: "1" }];
    for (const [node, of] of labels.entries()) matcher.nodes.upsert({ metadata: { name: `n${node}`, labels: of } });
    const nodeSelectorTerms = [{ matchExpressions: [{ key: "zone", operator: "In", values: ["z"] }] }];
    const nodeAffinity = { required: { nodeSelectorTerms } };
    matcher.persistentVolumes.upsert({ metadata: { name: "pv" }, spec: { nodeAffinity } });
    matcher.persistentVolumeClaims.upsert({
      metadata: { name: "c", namespace: "d", annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
      spec: { volumeName: "pv" },
    });
    const counts = new Uint32Array(1);
    matcher.countFeasibleClaims(Uint32Array.of(matcher.claimId("d/c")), counts);
    assert.is(counts[0], 3);
    assert.equal([...matcher.evaluateClaim("d/c").nodes], ["n0", "n2", "n3"]);
  });
}

test.run();
