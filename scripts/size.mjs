// Prints what the library costs and fails where it costs more than .size-limit.json allows.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const root = new URL("../", import.meta.url);
const limits = JSON.parse(readFileSync(new URL(".size-limit.json", root), "utf8"));

for (const { gzip, limit, name, path } of limits) {
  const bytes = readFileSync(new URL(path, root));
  const size = gzip ? gzipSync(bytes, { level: 9 }).length : bytes.length;
  const verdict = size <= limit ? "ok  " : "FAIL";
  console.log(`${verdict} ${size.toLocaleString("en")} bytes of at most ${limit.toLocaleString("en")}: ${name}`);
  if (size > limit) process.exitCode = 1;
}
