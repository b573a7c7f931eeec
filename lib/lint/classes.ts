// lint: classes -> what they do with claims, and which volumes there are of each.

import type { Context } from "../evaluate/context.js";
import { STORAGE_CLASS, VOLUME } from "../intern/cluster.js";
import { ANN_BETA_DEFAULT_CLASS, ANN_DEFAULT_CLASS, storageClassRow } from "../intern/kinds.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import { eachRow } from "./reading.js";
import type { SelectorCounts } from "./selector-counts.js";

const ANNOTATIONS = storageClassRow.column("metadata.annotations");

/** The volumes of one class. */
export interface ClassVolumes {
  readonly all: number;
  /** Available, and reserved for nobody. */
  readonly free: number;
  /** The row of the first by name that not every node reaches, or -1; and how many nodes do. */
  readonly partial: number;
  readonly reach: number;
}

const NO_VOLUMES: ClassVolumes = { all: 0, free: 0, partial: -1, reach: 0 };

/** Classes are told by the string id of their name, which is never 0. */
export class Classes {
  #volumes: Map<number, ClassVolumes> | undefined;
  #defaults: readonly string[] | undefined;

  constructor(
    readonly context: Context,
    readonly counts: SelectorCounts,
  ) {}

  /** The row of a class, or -1. */
  row(name: number): number {
    return name <= EMPTY_TEXT ? -1 : this.context.cluster.storageClasses.find(EMPTY_TEXT, name);
  }

  /** Whether a class (a row) makes volumes. */
  provisions(row: number): boolean {
    const { ids, storageClasses } = this.context.cluster;
    const provisioner = storageClasses.get(row, STORAGE_CLASS.provisioner);
    return provisioner > EMPTY_TEXT && provisioner !== ids.noProvisioner;
  }

  /** Whether a class (a row) waits for a pod. */
  delays(row: number): boolean {
    const { ids, storageClasses } = this.context.cluster;
    return storageClasses.get(row, STORAGE_CLASS.volumeBindingMode) === ids.waitForFirstConsumer;
  }

  /** Whether the scheduler looks for room before it has a claim of a class (a row) provisioned. */
  tracksCapacity(row: number): boolean {
    const { cluster } = this.context;
    const provisioner = cluster.storageClasses.get(row, STORAGE_CLASS.provisioner);
    return this.provisions(row) && this.delays(row) && cluster.reportsCapacity(provisioner);
  }

  /** The first call looks through all volumes. */
  volumes(name: number): ClassVolumes {
    this.#volumes ??= this.#look();
    return this.#volumes.get(name) ?? NO_VOLUMES;
  }

  /** The names of the classes that claims get which name none, in order. */
  get defaults(): readonly string[] {
    this.#defaults ??= this.#findDefaults();
    return this.#defaults;
  }

  #look(): Map<number, ClassVolumes> {
    const { cluster } = this.context;
    const { ids, nodes, strings, volumes } = cluster;
    const found = new Map<number, { all: number; free: number; partial: number; reach: number }>();
    eachRow(volumes, (row) => {
      const name = volumes.get(row, VOLUME.class);
      let known = found.get(name);
      if (known === undefined) {
        known = { ...NO_VOLUMES };
        found.set(name, known);
      }
      known.all++;
      if (volumes.get(row, VOLUME.claimRef) === 0 && volumes.get(row, VOLUME.phase) === ids.available) known.free++;
      const reach = this.counts.of(this.context.affinityOf(row));
      if (reach === nodes.size) return;
      const isFirst =
        known.partial < 0 ||
        strings.compare(volumes.get(row, VOLUME.name), volumes.get(known.partial, VOLUME.name)) < 0;
      if (isFirst) [known.partial, known.reach] = [row, reach];
    });
    return found;
  }

  #findDefaults(): string[] {
    const { blocks, storageClasses, strings } = this.context.cluster;
    const keys = [ANN_DEFAULT_CLASS, ANN_BETA_DEFAULT_CLASS].map((key) => strings.find(key));
    const yes = strings.find("true");
    const names: string[] = [];
    eachRow(storageClasses, (row) => {
      const annotations = storageClasses.get(row, ANNOTATIONS);
      const isDefault = yes !== 0 && keys.some((key) => key !== 0 && blocks.lookup(annotations, key) === yes);
      if (isDefault) names.push(storageClasses.keyOf(row));
    });
    return names.sort(compareUtf8);
  }
}
