// What is done while allocations fail: every entry point of the library.

import * as assert from "uvu/assert";
import type { TopologyMatcher } from "../../lib/index.js";
import type { KubeObject } from "../support/load.js";
import { setOf } from "../support/load.js";
import type { Given, Objects, Views } from "./world.js";
import { KINDS, keyOf, nameOf, overlayOf } from "./world.js";

// What calls write into, made before anything fails.
const SCORES = new Float64Array(1024);
const BEST = new Uint32Array(4);
const IDS = new Uint32Array(4096);
const COUNTS = new Uint32Array(4096);

export interface Work {
  readonly name: string;
  /** What is given after it, where it changes anything. */
  readonly after?: Given;
  /** Run before it, and once before all where it has no `undo`. */
  run(views: Views): void;
  /** Takes it back; it may have had no effect. */
  undo?(views: Views): Views;
}

/** Every way to ask: nothing is changed by them. */
function questions(given: Given): Work[] {
  const pods = [...given.objects.values()].filter((object) => object.kind === "Pod" && !given.over.has(keyOf(object)));
  const claims = [...given.objects.values()].filter((object) => {
    return object.kind === "PersistentVolumeClaim" && !given.over.has(keyOf(object));
  });
  const works: Work[] = [];
  const ask = (name: string, run: (matcher: TopologyMatcher) => void): void => {
    works.push({ name: `${name} (base)`, run: ({ base }) => run(base) });
    works.push({ name: `${name} (overlay)`, run: ({ overlay }) => run(overlay) });
  };
  for (const pod of [pods[0], pods[pods.length >> 1], pods[pods.length - 1]]) {
    const key = nameOf(pod);
    ask(`evaluatePod ${key}`, (matcher) => void matcher.evaluatePod(key).toReport({ plans: true }));
    ask(`evaluatePod {${key}}`, (matcher) => void matcher.evaluatePod({ ...pod, metadata: { name: "asked" } }));
    ask(`a verdict of ${key}`, (matcher) => {
      const verdict = matcher.createVerdict().evaluatePod(key);
      verdict.scores(SCORES);
      verdict.best(4, BEST);
      const mask = matcher.createNodeMask([...matcher.nodes.keys()]);
      const [plan] = [...verdict.copy().nodes];
      if (plan !== undefined) verdict.plan(plan);
      void [verdict.rejected, verdict.message, verdict.countBy("own"), verdict.countWithin(mask), verdict.toReport()];
    });
    ask(`a result of ${key}`, (matcher) => {
      const result = matcher.evaluatePod(key, { nodes: [...matcher.nodes.keys()].slice(1) });
      void [result.best(3), result.nodes.ids(), result.nodes.toArray(), result.nodes.countBy("own")];
      void [result.nodes.intersection(matcher.createNodeMask(["own-node"])), JSON.stringify(result), result.rejected];
    });
    ask(`wakes for ${key}`, (matcher) => void [...matcher.wakes({ set: "pods", delete: key }).pods()]);
  }
  ask("evaluatePods", (matcher) => void matcher.evaluatePods(matcher.pods.keys()));
  ask("evaluateClaim", (matcher) => void matcher.evaluateClaim(nameOf(claims[0])));
  ask("evaluateClaim {}", (matcher) => void matcher.evaluateClaim(claims[0]));
  ask("countFeasible", (matcher) => {
    const ids = matcher.pods.keys();
    let count = 0;
    for (const key of ids) IDS[count++] = matcher.podId(key);
    matcher.countFeasible(IDS.subarray(0, count), COUNTS);
  });
  ask("countFeasibleClaims", (matcher) => {
    const ids = matcher.persistentVolumeClaims.keys();
    let count = 0;
    for (const key of ids) IDS[count++] = matcher.claimId(key);
    matcher.countFeasibleClaims(IDS.subarray(0, count), COUNTS);
  });
  ask("wakes for a claim", (matcher) => {
    const claim = claims[0] as KubeObject & { readonly metadata: object };
    void matcher.wakes({ set: "persistentVolumeClaims", upsert: claim }).has(nameOf(pods[0]));
  });
  ask("trim", (matcher) => matcher.trim());
  ask("stats", (matcher) => void matcher.stats());
  ask("get, has, size", (matcher) => {
    for (const kind of KINDS) {
      const set = setOf(matcher, kind);
      for (const key of set.keys()) assert.ok(set.get(key) !== undefined && set.has(key));
    }
  });
  ask("an overlay", (matcher) => {
    const overlay = matcher.overlay();
    for (const pod of pods.slice(0, 2)) overlay.pods.delete(nameOf(pod));
    overlay.evaluatePods(overlay.pods.keys());
    overlay.drop();
  });
  return works;
}

const without = (objects: Objects, key: string): Objects => new Map([...objects].filter(([other]) => other !== key));

/** Changes of the base: an object of each kind comes, is replaced, goes; all of a kind are replaced. */
function changes(given: Given, other: Objects): Work[] {
  const works: Work[] = [];
  const { objects } = given;
  for (const kind of KINDS) {
    const mine = [...objects.values()].filter((object) => object.kind === kind);
    const theirs = [...other.values()].filter((object) => object.kind === kind);
    const put = (object: KubeObject): void => {
      const key = keyOf(object);
      const known = objects.get(key);
      works.push({
        name: `upsert ${key}${known === undefined ? "" : " over another"}`,
        after: { ...given, objects: new Map([...objects, [key, object]]) },
        run: ({ base }) => void setOf(base, kind).upsert(object),
        undo: (views) => {
          if (known === undefined) setOf(views.base, kind).delete(nameOf(object));
          else setOf(views.base, kind).upsert(known);
          return views;
        },
      });
    };
    for (const object of theirs.filter((object) => !objects.has(keyOf(object))).slice(0, 2)) put(object);
    for (const object of theirs.filter((object) => objects.has(keyOf(object))).slice(0, 3)) put(object);
    for (const object of mine.filter(({ metadata }) => /^own/.test(nameOf({ metadata } as KubeObject))).slice(0, 2)) {
      if (kind !== "StorageClass") put(object);
    }
    for (const object of mine
      .filter(({ metadata }) => !/^own/.test(`${metadata?.namespace ?? metadata?.name}`))
      .slice(0, 2)) {
      works.push({
        name: `delete ${keyOf(object)}`,
        after: { ...given, objects: without(objects, keyOf(object)) },
        run: ({ base }) => void setOf(base, kind).delete(nameOf(object)),
        undo: (views) => {
          setOf(views.base, kind).upsert(object);
          return views;
        },
      });
    }
    works.push({
      name: `replace ${kind}`,
      after: {
        ...given,
        objects: new Map(
          [...objects].filter(([, { kind: its }]) => its !== kind).concat(theirs.map((o) => [keyOf(o), o])),
        ),
      },
      run: ({ base }) => setOf(base, kind).replace(theirs),
      undo: (views) => {
        setOf(views.base, kind).replace(mine);
        return views;
      },
    });
  }
  return works;
}

/** Changes of an overlay, which is made anew to take them back. */
function changesOver(given: Given, other: Objects): Work[] {
  const works: Work[] = [];
  const undo = ({ base, overlay }: Views): Views => {
    overlay.drop();
    return { base, overlay: overlayOf(base, given) };
  };
  for (const kind of KINDS) {
    const theirs = [...other.values()].filter((object) => object.kind === kind);
    const mine = [...given.objects.values()].filter((object) => object.kind === kind);
    const over = (more: Iterable<readonly [string, KubeObject | undefined]>): Given => {
      return { ...given, over: new Map([...given.over, ...more]) };
    };
    for (const object of theirs.slice(0, 2)) {
      const run = ({ overlay }: Views): void => void setOf(overlay, kind).upsert(object);
      works.push({ name: `upsert ${keyOf(object)} (overlay)`, after: over([[keyOf(object), object]]), run, undo });
    }
    for (const object of mine.slice(0, 1)) {
      if (/own/.test(nameOf(object))) continue;
      const run = ({ overlay }: Views): void => void setOf(overlay, kind).delete(nameOf(object));
      works.push({ name: `delete ${keyOf(object)} (overlay)`, after: over([[keyOf(object), undefined]]), run, undo });
    }
    const gone = [...mine.map(keyOf), ...given.over.keys()].filter((key) => key.startsWith(`${kind} `));
    works.push({
      name: `replace ${kind} (overlay)`,
      after: over([...gone.map((key) => [key, undefined] as const), ...theirs.map((o) => [keyOf(o), o] as const)]),
      run: ({ overlay }) => setOf(overlay, kind).replace(theirs),
      undo,
    });
  }
  return works;
}

/** Pods are assumed, by every way, and no longer. */
function assumptions(given: Given): Work[] {
  const after = { ...given, assumed: ["own/asks"] };
  let revert = (): void => {};
  const undo = (views: Views): Views => {
    // Where it was not assumed there is nothing to take back.
    revert();
    revert = () => {};
    return views;
  };
  const keep = (assumption: { revert(): void }): void => {
    revert = () => assumption.revert();
  };
  const ofVerdict = ({ base }: Views): void => {
    keep(base.createVerdict().evaluatePod("own/asks").assume("own-node"));
  };
  return [
    { name: "assume", after, run: ({ base }) => keep(base.assume("own/asks", "own-node")), undo },
    { name: "assume of a verdict", after, run: ofVerdict, undo },
    {
      name: "assume an object",
      after,
      run: ({ base }) => keep(base.assume(given.objects.get("Pod own/asks") as object, "own-node")),
      undo,
    },
  ];
}

export function worksOf(given: Given, other: Objects): Work[] {
  return [...questions(given), ...changes(given, other), ...changesOver(given, other), ...assumptions(given)];
}
