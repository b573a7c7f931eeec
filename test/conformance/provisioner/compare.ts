// The library's answers beside the judge's, and where they differ.

import { isDeepStrictEqual } from "node:util";
import type { AttemptMemory, ProvisionedVolume, Provisioning } from "../../../lib/provisioner.js";
import { createProvisioner } from "../../../lib/provisioner.js";
import { libraryCheck } from "./checks.js";
import { listsOf } from "./lists.js";
import type {
  Attempt,
  Flags,
  JudgedAttempt,
  JudgedVolume,
  Judgement,
  ProvisionerRequest,
  Response,
} from "./request.js";

export interface Difference {
  readonly where: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export function libraryJudgement(request: ProvisionerRequest): Judgement {
  if (request.check !== undefined) return { checked: libraryCheck(request.options, request.check) };
  if (request.segments !== undefined) {
    const lists = {
      ...listsOf(request.objects ?? []),
      storageClasses: [{ metadata: { name: "c" }, provisioner: request.segments }],
    };
    const segments = createProvisioner(lists)
      .capacityObjects(request.segments)
      .map(({ topology }) => topology.segments);
    return { segments };
  }
  const memory: AttemptMemory = new Map();
  return { attempts: request.attempts.map((attempt) => ours(request, attempt, memory)) };
}

export function differences(request: ProvisionerRequest, mine: Judgement, theirs: Judgement): Difference[] {
  // The provisioner of a node without topology stumbles where it asks for capacity: of that we say nothing.
  if (theirs.checked?.error?.startsWith("panic") && !hasTopology(request.options)) return [];
  if (request.check !== undefined) return told("check", mine.checked, theirs.checked);
  if (request.segments !== undefined) {
    const sorted = ({ segments }: Judgement) =>
      (segments ?? []).map((each) => JSON.stringify(Object.entries(each).sort())).sort();
    return told("segments", sorted(mine), sorted(theirs));
  }
  return request.attempts.flatMap((attempt, i) => {
    const [left, right] = [mine.attempts?.[i], theirs.attempts?.[i]];
    if (left === undefined || right === undefined) return [{ where: `attempt ${i}`, ours: left, theirs: right }];
    // The provisioner stumbles over such a claim: that we refuse it is all that there is to say.
    if (right.state === "panic" && namesNothing(attempt) && left.error !== undefined) return [];
    return attemptDifferences(`attempt ${i}`, left, right);
  });
}

function attemptDifferences(where: string, mine: JudgedAttempt, theirs: JudgedAttempt): Difference[] {
  const found = [
    ...told(`${where} state`, mine.state, theirs.state),
    ...told(`${where} asked`, mine.asked, theirs.asked),
    ...told(`${where} bytes`, mine.bytes, theirs.bytes),
    ...told(`${where} requirements`, mine.requirements, theirs.requirements),
    ...told(`${where} volume`, canonical(mine.volume), canonical(theirs.volume)),
  ];
  if (theirs.state === "Ignored") return found;
  return [...found, ...told(`${where} error`, sentence(mine.error), sentence(theirs.error))];
}

function told(where: string, mine: unknown, theirs: unknown): Difference[] {
  return isDeepStrictEqual(mine, theirs) ? [] : [{ where, ours: mine, theirs }];
}

/** Without what depends on the versions of types, on a volume's print, and on a name of a code. */
function sentence(error: string | undefined): string | undefined {
  return error
    ?.replace(/ Got \{.*$/s, " Got")
    .replace(/^failed to translate topology\. PV:.*\. Error:/s, "")
    .replace(/^rpc error: code = \S+ /, "rpc error: ");
}

const hasTopology = ({ capabilities }: Flags): boolean => capabilities.includes("VOLUME_ACCESSIBILITY_CONSTRAINTS");

function namesNothing({ claim, objects }: Attempt): boolean {
  const found = objects.find(({ kind, metadata }) => kind === "PersistentVolumeClaim" && keyOf(metadata) === claim);
  const spec = found?.spec as { dataSource?: unknown; dataSourceRef?: { namespace?: unknown } } | undefined;
  return spec?.dataSource === undefined && spec?.dataSourceRef?.namespace === "";
}

const keyOf = (metadata: unknown): string => {
  const { name, namespace } = metadata as { readonly name: string; readonly namespace: string };
  return `${namespace}/${name}`;
};

function ours({ options }: ProvisionerRequest, attempt: Attempt, memory: AttemptMemory): JudgedAttempt {
  const secrets = attempt.objects.filter(({ kind }) => kind === "Secret").map(({ metadata }) => keyOf(metadata));
  const provisioner = createProvisioner(listsOf(attempt.objects), { ...options, secrets });
  const found = provisioner.provisioning(attempt.claim, { node: attempt.node, memory });
  if (found.refusal !== undefined)
    return { state: found.refusal.state, error: found.refusal.reason, asked: false, bytes: 0 };
  return {
    ...answered(found, attempt.response),
    asked: true,
    bytes: Number(found.requestedBytes),
    ...requirementsOf(found),
  };
}

function requirementsOf({ accessibilityRequirements: asked }: Provisioning): Pick<JudgedAttempt, "requirements"> {
  return asked === undefined ? {} : { requirements: { requisite: asked.requisite, preferred: asked.preferred } };
}

function answered(found: Provisioning, response: Response): Pick<JudgedAttempt, "state" | "error" | "volume"> {
  if (response.code !== undefined) return { state: found.afterError(response.code), error: "rpc error: desc = no" };
  const { refusal, volume } = found.volumeFrom(response);
  if (refusal !== undefined) return { state: refusal.state, error: refusal.reason };
  return { state: "Finished", volume: judged(volume) };
}

function judged({ metadata, spec }: ProvisionedVolume): JudgedVolume {
  return {
    name: metadata.name,
    ...(metadata.labels && { labels: metadata.labels }),
    capacity: spec.capacity.storage,
    accessModes: spec.accessModes,
    ...(spec.volumeMode !== undefined && { volumeMode: spec.volumeMode }),
    ...(spec.volumeAttributesClassName !== undefined && { volumeAttributesClassName: spec.volumeAttributesClassName }),
    ...(spec.nodeAffinity && { nodeAffinity: spec.nodeAffinity }),
  };
}

/** Go leaves the order of a term's expressions open, and writes a list that is none as null. */
function canonical(volume: JudgedVolume | undefined): unknown {
  const affinity = volume?.nodeAffinity as
    | { readonly required: { readonly nodeSelectorTerms: Term[] | null } }
    | undefined;
  if (affinity === undefined) return volume;
  const terms = (affinity.required.nodeSelectorTerms ?? []).map(({ matchExpressions }) =>
    matchExpressions
      .map((expression) => JSON.stringify([expression.key, expression.operator, expression.values]))
      .sort(),
  );
  return { ...volume, nodeAffinity: terms };
}

interface Term {
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}
