// bench: pods scheduled one after another, on our side and by the oracle with its own Reserve.

import { spawn } from "node:child_process";
import { once } from "node:events";
import type { CSINodeLike, ObjectLike, TopologyMatcher, Verdict } from "../../lib/index.js";
import { createMatcher, FILTERS } from "../../lib/index.js";
import { podKey } from "../fleet/bound.js";
import type { Item } from "./cluster.js";
import { WholeCluster } from "./whole-cluster.js";

export const SHAPES = ["a", "b-bound", "c", "d"] as const;
export type Shape = (typeof SHAPES)[number];

const TRIES = 3;
const ROOMY = { cpu: "256", memory: "1Ti", "ephemeral-storage": "500Gi", pods: "110" };

/** Local volumes a node of which one in four is free: enough for four pods a node. */
export const LOCALS_OF: { readonly [S in Shape]: number } = { a: 8, "b-bound": 40, c: 8, d: 64 };

/** Nodes on which four times as much is free, so that 20,000 pods find one. */
class RoomyCluster extends WholeCluster {
  protected override *ofNode(node: number): Iterable<Item> {
    for (const [kind, object] of super.ofNode(node)) {
      const { spec } = object as CSINodeLike;
      if (kind === "Node") yield [kind, { ...object, status: { allocatable: ROOMY } } as ObjectLike];
      else if (kind !== "CSINode") yield [kind, object];
      else {
        const drivers = spec?.drivers?.map((driver) => ({ ...driver, allocatable: { count: 30 } }));
        yield [kind, { ...object, spec: { ...spec, drivers } } as ObjectLike];
      }
    }
  }
}

/** What is known of a pod that was scheduled. */
export interface Placed {
  readonly feasible: number;
  /** None where it fits nowhere. */
  readonly node: string | undefined;
}

/** A matcher in which pods are placed: each on its best node by score and then name, seeing those before it. */
export class Sequence {
  placed = 0;
  /** How many pods were scheduled. */
  next = 0;
  readonly #verdict: Verdict;
  readonly #ids: Uint32Array;
  readonly #one = new Uint32Array(1);

  private constructor(
    readonly matcher: TopologyMatcher,
    pods: number,
  ) {
    this.#verdict = matcher.createVerdict();
    this.#ids = Uint32Array.from({ length: pods }, (_, pod) => matcher.podId(podKey(pod)));
  }

  static async of(shape: Shape, nodes: number, pods: number): Promise<Sequence> {
    const matcher = await createMatcher({ filters: "all" });
    new RoomyCluster(shape, nodes, pods, LOCALS_OF[shape]).loadInto(matcher);
    return new Sequence(matcher, pods);
  }

  schedule(pods: number): void {
    for (let i = 0; i < pods; i++) {
      const verdict = this.#verdict.evaluatePod(this.#ids[this.next++]);
      if (verdict.best(1, this.#one) === 0) continue;
      verdict.assume(this.#one[0]);
      this.placed++;
    }
  }

  /** The same, with what is needed to compare. */
  told(pods: number): Placed[] {
    return Array.from({ length: pods }, () => {
      const verdict = this.#verdict.evaluatePod(this.#ids[this.next++]);
      const feasible = verdict.feasibleCount;
      const found = verdict.best(1, this.#one) > 0;
      if (!found) return { feasible, node: undefined };
      this.placed++;
      return { feasible, node: verdict.assume(this.#one[0]).node };
    });
  }
}

/** What the oracle says of pods that it reserves where we did, and how long it was at work. */
export interface Judged {
  /** Nanoseconds of processor time a pod, of all its threads. */
  readonly nanoseconds: number;
  readonly feasible: readonly number[];
  readonly errors: readonly string[];
}

interface Line {
  readonly error?: string;
  readonly pods: readonly { readonly feasible: readonly string[]; readonly reserve?: { readonly error?: string } }[];
}

/** The oracle's own sequence: once for the first pod alone, and once for all of them; the difference is the others'. */
export async function judge(
  oracle: string,
  shape: Shape,
  nodes: number,
  pods: number,
  placed: readonly Placed[],
): Promise<Judged> {
  const objects: object[] = [];
  for (const piece of new RoomyCluster(shape, nodes, pods, LOCALS_OF[shape]).text()) {
    for (const line of piece.split("\n")) if (line !== "") objects.push(JSON.parse(line));
  }
  const asked = placed.map((_, pod) => podKey(pod));
  const reserve = Object.fromEntries(
    placed.flatMap(({ node }, pod) => (node === undefined ? [] : [[podKey(pod), node]])),
  );
  const request = (count: number): string =>
    `${JSON.stringify({ objects, gates: {}, filters: FILTERS, pods: asked.slice(0, count), reserve })}\n`;
  const first = await answered(oracle, request(1));
  const all = await answered(oracle, request(placed.length));
  return {
    nanoseconds: (all.cpu - first.cpu) / (placed.length - 1),
    feasible: all.line.pods.map(({ feasible }) => feasible.length),
    errors: all.line.pods.flatMap(({ reserve }) => reserve?.error ?? []),
  };
}

/** Asks again where a busy machine did not let the oracle's informers come to their objects in time. */
async function answered(oracle: string, input: string): Promise<{ readonly line: Line; readonly cpu: number }> {
  for (let tries = 1; ; tries++) {
    const { cpu, text } = await timed(oracle, input);
    const line = JSON.parse(text) as Line;
    if (line.error === undefined) return { line, cpu };
    if (tries === TRIES || !line.error.includes("did not sync")) throw new Error(line.error);
  }
}

async function timed(oracle: string, input: string): Promise<{ readonly text: string; readonly cpu: number }> {
  const child = spawn("sh", ["-c", `"${oracle}"; times`], { stdio: ["pipe", "pipe", "inherit"] });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stdin.end(input);
  await once(child, "close");
  const text = Buffer.concat(pieces).toString("utf8");
  const end = text.indexOf("\n") + 1;
  // `times` prints the shell's own time in a line, and its children's in the next.
  const [, children] = text.slice(end).trim().split("\n");
  return { text: text.slice(0, end), cpu: secondsIn(children) * 1e9 };
}

/** The sum of texts such as 1m2.345s. */
function secondsIn(line: string): number {
  const found = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
