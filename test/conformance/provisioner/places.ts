// Random nodes, and what drivers have registered on them.

import type { Random } from "../../reference/generator/random.js";
import type { Written } from "./request.js";

/** A node of a name, which may lack its Node or its CSINode. */
export interface Place {
  readonly name: string;
  readonly node?: Written | undefined;
  readonly csiNode?: Written | undefined;
}

/** Texts whose order differs between UTF-8 and UTF-16 are among them. */
const VALUES = ["a", "b", "c", "us-west1-a", "us-west1-b", "eu-west-1b", "0", "", "\uffee", "\u{1d11e}"];

export function placesOf(random: Random, driver: string, keys: readonly string[]): Place[] {
  const values = random.some(VALUES, 1, 5);
  const sets = [keys, keys.slice(0, 1), [...keys].reverse(), []];
  const common = random.weighted<number>([
    [60, 0],
    [25, 1],
    [15, 2],
  ]);
  return Array.from({ length: random.int(1, 8) }, (_, i) =>
    placeOf(random, driver, `n${i}`, keys, values, sets, common),
  );
}

function placeOf(
  random: Random,
  driver: string,
  name: string,
  keys: readonly string[],
  values: readonly string[],
  sets: readonly (readonly string[])[],
  common: number,
): Place {
  const labels = Object.fromEntries([
    ...keys.filter(() => random.chance(0.93)).map((key) => [key, random.pick(values)]),
    ...(random.chance(0.3) ? [["other", "x"]] : []),
  ]);
  const topologyKeys = random.weighted<readonly string[] | undefined>([
    [70, sets[common]],
    [20, random.pick(sets)],
    [2, [...keys, keys[0]]],
    [2, undefined],
  ]);
  const entry = { name: driver, nodeID: name, ...(topologyKeys && { topologyKeys }) };
  const other = { name: "other.example.com", nodeID: name, topologyKeys: ["rack"] };
  const drivers = random.weighted<readonly object[]>([
    [80, [entry]],
    [10, [other, entry]],
    [3, [entry, { ...entry, topologyKeys: ["rack"] }]],
    [7, [other]],
  ]);
  return {
    name,
    ...(random.chance(0.96) && { node: { kind: "Node", metadata: { name, labels } } }),
    ...(random.chance(0.95) && { csiNode: { kind: "CSINode", metadata: { name }, spec: { drivers } } }),
  };
}
