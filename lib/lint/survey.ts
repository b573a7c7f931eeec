// lint: what the rules read: the cluster, and what several of them need to know of it, worked out once.

import type { Context } from "../evaluate/context.js";
import type { Examination } from "../explain/examination.js";
import type { Plugin } from "../filters/plugin.js";
import { VolumeBinding } from "../filters/volume-binding/volume-binding.js";
import { VolumeZone } from "../filters/volume-zone/volume-zone.js";
import type { ZoneSelectors } from "../filters/volume-zone/zone-selectors.js";
import type { Cluster } from "../intern/cluster.js";
import { Classes } from "./classes.js";
import { Drivers } from "./drivers.js";
import { NodeLabels } from "./node-labels.js";
import { SelectorCounts } from "./selector-counts.js";
import { UsualKeys } from "./usual-keys.js";
import { VolumeAffinities } from "./volume-affinities.js";

export interface SourceRefusal {
  readonly reason: string;
  readonly rule: string;
}

export class Survey {
  readonly cluster: Cluster;
  readonly counts: SelectorCounts;
  readonly labels: NodeLabels;
  readonly keys: UsualKeys;
  readonly affinities: VolumeAffinities;
  readonly classes: Classes;
  readonly drivers: Drivers;
  /** What VolumeZone makes of labels; undefined where it does not run. */
  readonly zones: ZoneSelectors | undefined;

  constructor(
    readonly context: Context,
    plugins: readonly Plugin[],
    /** Whether VolumeBinding scores nodes by their capacity. */
    readonly scores: boolean,
    /** Why a provisioner refuses the source of a claim (by its key), if it does. */
    readonly sourceRefusal: (claim: string) => SourceRefusal | undefined,
  ) {
    this.cluster = context.cluster;
    this.counts = new SelectorCounts(context);
    this.labels = new NodeLabels(context);
    const binding = plugins.find((plugin) => plugin instanceof VolumeBinding);
    this.keys = new UsualKeys(context, this.labels);
    this.affinities = new VolumeAffinities(context, this.counts, this.labels, this.keys, binding?.boundVolumes);
    this.classes = new Classes(context, this.counts);
    this.drivers = new Drivers(this.cluster);
    this.zones = plugins.find((plugin) => plugin instanceof VolumeZone)?.zones;
  }

  /** The text of a string id, `""` where there is none. */
  readonly text = (id: number): string => (id === 0 ? "" : this.cluster.strings.get(id));

  /** For tests of volumes that explanations share: they read the context alone. */
  get examination(): Examination {
    return { context: this.context } as Examination;
  }
}
