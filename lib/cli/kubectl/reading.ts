// cli: what kubectl may list of a cluster -> sources to read one after another, and what could not be listed.
//
// One call lists every kind of all namespaces. What it may not list is asked for again, kind by kind, in the namespaces that
// are meant.

import { Failure } from "../failure.js";
import type { Intake } from "../intake.js";
import { Source } from "../sources.js";
import type { Kubectl } from "./kubectl.js";
import { refusalOfVerdicts, unlistedLines } from "./refused-kinds.js";
import type { Resource } from "./resources.js";
import type { Refusals } from "./sentences.js";
import { refusalsIn } from "./sentences.js";

/** Nothing but refusals reads as this, whatever is printed with them. */
const EMPTY_LIST = Buffer.from('{"apiVersion": "v1", "kind": "List", "items": []}');
/** Has namespaces, but those of drivers: what another namespace has of it is not what is looked for. */
const OF_DRIVERS = "CSIStorageCapacity";

export class ClusterReading {
  /** Not to be listed anywhere. */
  readonly refused: Resource[] = [];
  /** To be listed in the namespaces that are meant, and in no others. */
  readonly narrowed: Resource[] = [];

  constructor(
    readonly kubectl: Kubectl,
    readonly namespaces: readonly string[],
    /** Where what is read goes. */
    readonly intake: Intake,
  ) {}

  /** Each must be read before the next is asked for. */
  async *sources(): AsyncGenerator<Source> {
    const resources = await this.kubectl.resources();
    const { named, unnamed } = yield* this.#list(resources, undefined);
    const refused = new Set(named);
    // Refused kinds have no object.
    for (const resource of unnamed ? resources : []) {
      if (refused.has(resource) || this.intake.holds(resource.kind.name)) continue;
      if (yield* this.#refuses(resource, undefined)) refused.add(resource);
    }
    for (const resource of refused) yield* this.#narrow(resource);
  }

  /** Why no verdict can be given; undefined where one can. */
  get refusalOfVerdicts(): string | undefined {
    return refusalOfVerdicts(this);
  }

  /** What could not be listed, and what verdicts then rest on. */
  lines(): string[] {
    return unlistedLines(this);
  }

  /** Asks for a kind in the namespaces that are meant. */
  async *#narrow(resource: Resource): AsyncGenerator<Source> {
    const { name, namespaced } = resource.kind;
    let listed = false;
    if (namespaced && name !== OF_DRIVERS) {
      for (const namespace of this.namespaces) if (!(yield* this.#refuses(resource, namespace))) listed = true;
    }
    (listed ? this.narrowed : this.refused).push(resource);
  }

  async *#refuses(resource: Resource, namespace: string | undefined): AsyncGenerator<Source, boolean> {
    const { named, unnamed } = yield* this.#list([resource], namespace);
    return named.length > 0 || unnamed;
  }

  async *#list(resources: readonly Resource[], namespace: string | undefined): AsyncGenerator<Source, Refusals> {
    const refusals: { of: Refusals } = { of: { named: [], unnamed: false } };
    const chunks = this.#chunks(resources, namespace, (found) => {
      refusals.of = found;
    });
    yield new Source(nameOf(resources, namespace), chunks, { isJson: true });
    return refusals.of;
  }

  /** @throws Failure where the call fails, but not for what it may not list. */
  async *#chunks(
    resources: readonly Resource[],
    namespace: string | undefined,
    refuse: (refusals: Refusals) => void,
  ): AsyncGenerator<Uint8Array> {
    const call = this.kubectl.list(resources, namespace);
    let bytes = 0;
    for await (const chunk of this.kubectl.chunksOf(call)) {
      bytes += chunk.length;
      yield chunk;
    }
    const failure = await call.failure();
    if (failure !== undefined) {
      const refusals = refusalsIn(call.said, resources);
      if (refusals === undefined) throw failure;
      refuse(refusals);
      if (bytes === 0) yield EMPTY_LIST;
    } else if (bytes === 0) throw new Failure("kubectl get printed nothing");
  }
}

function nameOf(resources: readonly Resource[], namespace: string | undefined): string {
  const where = namespace === undefined ? "" : ` -n ${namespace}`;
  return `kubectl get${resources.length === 1 ? ` ${resources[0].name}` : ""}${where}`;
}
