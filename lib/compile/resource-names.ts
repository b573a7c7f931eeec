// compile: names of resources -> what the scheduler takes them for.

import type { WellKnown } from "../intern/cluster.js";
import type { Strings } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";
import { isLabelKey } from "./label-grammar.js";
import type { PluginArguments } from "./plugin-arguments.js";

const HUGE_PAGES = "hugepages-";
const ATTACHABLE_VOLUMES = "attachable-volumes-";
const NATIVE = "kubernetes.io/";
const QUOTA = "requests.";

/** The place of a name of which no account is kept. */
const IGNORED = -1;
/** The place of a scalar name. */
const SCALAR = 4;

/** Each name is looked at once. */
export class ResourceNames {
  readonly #places = new Map<number, number>();

  constructor(
    readonly strings: Strings,
    readonly ids: WellKnown,
    readonly ignored: Pick<PluginArguments, "ignoredResources" | "ignoredResourceGroups">,
  ) {}

  /** Whether the scheduler keeps account of a resource. */
  counts(name: number): boolean {
    return this.#place(name) !== IGNORED;
  }

  /** Whether spec.resources of a pod may say how much the whole pod needs of it. */
  isPodLevel(name: number): boolean {
    const { ids, strings } = this;
    return name === ids.cpu || name === ids.memory || strings.get(name).startsWith(HUGE_PAGES);
  }

  /** The order of reasons: cpu, memory and ephemeral-storage, then the scalar ones by name. */
  compare(a: number, b: number): number {
    // kube: R-NOD-35 the random order of upstream is that of the names here.
    return this.#place(a) - this.#place(b) || compareUtf8(this.strings.get(a), this.strings.get(b));
  }

  clear(): void {
    this.#places.clear();
  }

  #place(name: number): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.#placeOf(name);
      this.#places.set(name, place);
    }
    return place;
  }

  #placeOf(name: number): number {
    const { ids } = this;
    const fixed = [ids.cpu, ids.memory, ids.ephemeralStorage].indexOf(name);
    if (fixed >= 0) return fixed;
    const text = this.strings.get(name);
    return isScalar(text) && !this.#isExempt(text) ? SCALAR : IGNORED;
  }

  // kube: R-NOD-36 the arguments exempt extended resources alone, not huge pages and what is Kubernetes' own.
  #isExempt(name: string): boolean {
    const { ignoredResourceGroups: groups, ignoredResources: names } = this.ignored;
    if (!names.includes(name) && !groups.includes(name.slice(0, Math.max(0, name.indexOf("/"))))) return false;
    return isExtended(name);
  }
}

// kube: R-NOD-29 which names take part; all others are ignored.
function isScalar(name: string): boolean {
  if (name.startsWith(HUGE_PAGES) || name.startsWith(ATTACHABLE_VOLUMES) || name.includes(NATIVE)) return true;
  return isExtended(name);
}

function isExtended(name: string): boolean {
  return name.includes("/") && !name.includes(NATIVE) && !name.startsWith(QUOTA) && isLabelKey(QUOTA + name);
}
