// cli: sources -> the intake, in order.

import { counted, printable } from "./failure.js";
import type { Intake } from "./intake.js";
import { readJson } from "./json-documents.js";
import type { Progress } from "./progress.js";
import type { Source } from "./sources.js";
import { sniff, toUtf8 } from "./text-encoding.js";
import { readYaml } from "./yaml-documents.js";

/** @throws Failure for the first thing that cannot be read. */
export async function load(sources: readonly Source[], intake: Intake, progress: Progress): Promise<void> {
  for (const { chunks, name } of sources) {
    const { chunks: text, isJson } = await sniff(toUtf8(watched(name, chunks, intake, progress)));
    if (isJson || name.endsWith(".json")) await readJson(name, text, intake);
    else await readYaml(name, text, intake);
  }
}

async function* watched(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  intake: Intake,
  progress: Progress,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    await progress.show(() => {
      const megabytes = (bytes / 1e6).toFixed(0);
      return `reading ${printable(name)}: ${megabytes} MB, ${counted(intake.size, "object")}`;
    });
  }
}
