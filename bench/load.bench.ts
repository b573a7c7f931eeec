// B5: the largest known cluster loaded page by page: parse the page's text, upsert its objects, drop the page.

import { createMatcher } from "../lib/index.js";
import type { FleetKind } from "./fleet/fleet.js";
import { Fleet, KINDS, loadClasses, PAGE } from "./fleet/fleet.js";
import { EACH } from "./fleet/layout.js";
import type { Bench } from "./lib/bench.js";
import { clock, collectGarbage } from "./lib/bench.js";
import { VOLUME_BINDING } from "./lib/filters.js";
import { atMost, ratioAtMost } from "./lib/limits.js";
import type { BenchResult } from "./lib/result.js";
import { reported } from "./lib/result.js";

const NODES = 131_072;
const QUICK_SHARE = 16;
const WARM_UP = 2_000;

interface KindTimes {
  readonly kind: FleetKind;
  readonly objects: number;
  readonly megabytes: number;
  readonly parse: number;
  readonly upsert: number;
}

type Upsert = { upsert(object: object): void };

/** Parses and upserts pages of one kind; both clocks in nanoseconds. */
function loadKind(set: Upsert, fleet: Fleet, kind: FleetKind, pages: Iterable<number[]>): KindTimes {
  let [parse, upsert, characters, objects] = [0, 0, 0, 0];
  for (const page of pages) {
    const text = fleet.page(kind, page);
    let items: object[] = [];
    parse += clock(() => {
      items = (JSON.parse(text) as { items: object[] }).items;
    });
    upsert += clock(() => {
      for (const item of items) set.upsert(item);
    });
    characters += text.length;
    objects += items.length;
  }
  return { kind, objects, megabytes: characters / 1e6, parse, upsert };
}

/** Some pages of every kind into a matcher that is thrown away, so that neither side is timed while it compiles. */
async function warmUp(fleet: Fleet): Promise<void> {
  const matcher = await createMatcher(VOLUME_BINDING);
  for (const kind of KINDS) {
    const pages = [0, 1, 2].map((page) => Array.from({ length: WARM_UP }, (_, i) => page * WARM_UP + i));
    loadKind(matcher[kind] as Upsert, fleet, kind, pages);
  }
}

/** Loads everything and says what it took. */
export const bench: Bench = async ({ quick }) => {
  const nodes = quick ? NODES / QUICK_SHARE : NODES;
  const fleet = new Fleet(nodes);
  await warmUp(fleet);
  const matcher = await createMatcher(VOLUME_BINDING);
  loadClasses(matcher, 0);
  const kinds: KindTimes[] = [];
  for (const kind of KINDS) kinds.push(loadKind(matcher[kind] as Upsert, fleet, kind, fleet.pages(kind)));
  // What a register of this function still holds is let go by a turn of the event loop.
  await new Promise(setImmediate);
  collectGarbage();
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  const objects = kinds.reduce((sum, kind) => sum + kind.objects, 0);
  const { engine } = matcher.memory;
  const counted = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  const parts = `heap ${counted(heapUsed)}, buffers ${counted(arrayBuffers)}, WASM ${counted(engine)}`;
  const size = `${nodes} nodes, ${nodes * EACH} volumes, claims and pods each, pages of ${PAGE}`;
  const total = {
    objects,
    megabytes: kinds.reduce((sum, kind) => sum + kind.megabytes, 0),
    parse: kinds.reduce((sum, kind) => sum + kind.parse, 0),
    upsert: kinds.reduce((sum, kind) => sum + kind.upsert, 0),
  };
  return [
    upsertFigure("B5-upsert", size, total),
    ...kinds.map((kind) => upsertFigure(`B5-upsert-${kind.kind}`, `${kind.kind} alone`, kind)),
    reported("B5-rate", `${size}: objects a second, upserting`, total.objects / (total.upsert / 1e9), "1/s"),
    atMost(
      "B5-memory",
      `an object, of ${objects} (${parts})`,
      (heapUsed + arrayBuffers + engine) / objects,
      "bytes",
      320,
    ),
    atMost("B5-resident", "resident set of the loaded process", rss / 1e9, "GB", 1.5),
  ];
};

function upsertFigure(
  id: string,
  what: string,
  { megabytes, objects, parse, upsert }: Omit<KindTimes, "kind">,
): BenchResult {
  const each = (nanoseconds: number): string => `${(nanoseconds / objects / 1000).toFixed(2)} us an object`;
  const baseline = `JSON.parse of ${megabytes.toFixed(0)} MB, ${each(parse)}`;
  return ratioAtMost(id, `${what}: upsert, ${each(upsert)}`, upsert / 1e6, "ms", baseline, upsert / parse, 0.5);
}
