// cli: sources -> the intake, in order.

import { counted } from "./failure.js";
import type { Intake } from "./intake.js";
import { readJson } from "./json-documents.js";
import type { Progress } from "./progress.js";
import { Pace } from "./progress.js";
import type { Source } from "./sources.js";
import { sniff, toUtf8 } from "./text-encoding.js";
import { readYaml } from "./yaml-documents.js";

const MB = 1e6;

/**
 * Reads each source before it asks for the next, and gives all of them.
 * @throws Failure for the first thing that cannot be read.
 */
export async function load(
  sources: Iterable<Source> | AsyncIterable<Source>,
  intake: Intake,
  progress: Progress,
): Promise<readonly Source[]> {
  const read: Source[] = [];
  for await (const source of sources) {
    read.push(source);
    const { known, name } = source;
    const { chunks, isJson } = await sniff(toUtf8(watched(source, intake, progress)));
    if (known.isJson ?? (isJson || name.endsWith(".json"))) await readJson(name, chunks, intake);
    else await readYaml(name, chunks, intake);
  }
  return read;
}

async function* watched(
  { chunks, known, name }: Source,
  intake: Intake,
  progress: Progress,
): AsyncIterable<Uint8Array> {
  const size = known.size === undefined ? undefined : known.size / MB;
  const pace = new Pace(progress.now);
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    progress.show(() => {
      const done = bytes / MB;
      const of = size === undefined ? "" : ` of ${size.toFixed(0)}`;
      const how = `${counted(intake.size, "object")}${pace.inWords(done, size, " MB")}`;
      return `reading ${name}: ${done.toFixed(0)}${of} MB, ${how}`;
    });
  }
}
