// filters: the zone and region labels of a volume -> the selector of the nodes whose own labels do not contradict them.

import { NumberList } from "../../compile/programs.js";
import type { Context } from "../../evaluate/context.js";
import { Blocks } from "../../intern/blocks.js";
import type { Held } from "../../intern/derived.js";
import { growU32 } from "../../intern/grow.js";
import { zonesIn } from "../../objects/zones.js";

/** A label key, and its string id today where it is a beta key, else 0. */
interface TopologyKey {
  readonly key: number;
  readonly today: number;
}

/** A selector is made for each distinct combination of the labels' values. */
export class ZoneSelectors {
  readonly cache = "zoneSelectors";
  readonly #topologyKeys: readonly TopologyKey[];
  #combinations = new Blocks();
  // Combination -> its selector + 1.
  #selectors = new Uint32Array(64);
  readonly #values: Uint32Array;

  constructor(readonly context: Context) {
    const { ids } = context.cluster;
    // kube: R-ZON-7 four labels count.
    this.#topologyKeys = [
      { key: ids.betaZone, today: ids.zone },
      { key: ids.betaRegion, today: ids.region },
      { key: ids.zone, today: 0 },
      { key: ids.region, today: 0 },
    ];
    this.#values = new Uint32Array(this.#topologyKeys.length);
    context.derivations.add(this);
  }

  /** The selector for a block of labels, or 0; EVERYTHING where they ask for nothing. O(labels). */
  selectorOf(labels: number): number {
    const { blocks } = this.context.cluster;
    const { EVERYTHING } = this.context.compiler.programs;
    const values = this.#values;
    let any = 0;
    for (let i = 0; i < values.length; i++) any |= values[i] = blocks.lookup(labels, this.#topologyKeys[i].key);
    if (any === 0) return EVERYTHING;
    const combination = this.#combinations.intern(values, 0, values.length);
    if (combination >= this.#selectors.length) this.#selectors = growU32(this.#selectors, combination + 1);
    if (this.#selectors[combination] === 0) this.#selectors[combination] = this.#compile() + 1;
    return this.#selectors[combination] - 1;
  }

  held(): Held {
    return { entries: this.#combinations.size - 1, bytes: this.#combinations.byteLength + this.#selectors.byteLength };
  }

  dropIds(): void {
    this.#combinations = new Blocks();
    this.#selectors.fill(0);
  }

  #compile(): number {
    const { requirements, programs } = this.context.compiler;
    // Lists of literals: the node passes if all of one list hold.
    let ways: number[][] = [[]];
    this.#topologyKeys.forEach(({ key, today }, i) => {
      const zones = this.#zonesOf(this.#values[i]);
      if (zones.length === 0) return;
      // kube: R-ZON-10 the node has one of the zones under the same key.
      const choices = [[requirements.anyLiteral(key, zones)]];
      // kube: R-ZON-10 where the node lacks a beta key, what it has under today's counts instead.
      if (today !== 0) choices.push([requirements.existsLiteral(key) + 1, requirements.anyLiteral(today, zones)]);
      // kube: R-ZON-11 each label of the volume is compared.
      ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice]));
    });
    if (ways[0].length === 0) return programs.EVERYTHING;
    // kube: R-ZON-9 a node without any of the labels passes.
    ways.push(this.#topologyKeys.map(({ key }) => requirements.existsLiteral(key) + 1));
    const terms = new NumberList();
    for (const way of ways) terms.push(programs.term(listOf(way)));
    return programs.selector(terms);
  }

  /** String ids of the zones in a label's value (a string id, or 0). */
  #zonesOf(value: number): number[] {
    if (value === 0) return [];
    const { strings } = this.context.cluster;
    const zones = zonesIn(strings.get(value));
    // kube: R-ZON-7 one empty part, and the label is ignored.
    return zones.includes("") ? [] : zones.map((zone) => strings.intern(zone));
  }
}

function listOf(numbers: readonly number[]): NumberList {
  const list = new NumberList();
  for (const number of numbers) list.push(number);
  return list;
}
