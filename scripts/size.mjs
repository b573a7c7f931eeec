// Prints what the library costs and fails where it costs more than .size-limit.json allows; null allows anything. Then
// what each part of lib/ takes of the import, minified and not gzipped: gzipped together they take about a third.
// Usage: node scripts/size.mjs [FOLDER WHERE dist IS]

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bytesOf, roomsOf } from "./lib/sizes.mjs";

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url)));
const limits = JSON.parse(readFileSync(new URL("../.size-limit.json", import.meta.url), "utf8"));

for (const entry of limits) {
  const { limit, name } = entry;
  const size = await bytesOf(folder, entry);
  const fits = limit === null || size <= limit;
  const most = limit === null ? "" : ` of at most ${limit.toLocaleString("en")}`;
  console.log(`${fits ? "ok  " : "FAIL"} ${size.toLocaleString("en")} bytes${most}: ${name}`);
  if (!fits) process.exitCode = 1;
}

for (const [room, bytes] of await roomsOf(fileURLToPath(new URL("..", import.meta.url)))) {
  console.log(`${bytes.toLocaleString("en").padStart(11)} bytes, minified: ${room}`);
}
