// The modules in build/ -> lib/evaluate/*-bytes.ts, so that no file is read and no bundler asked at run time.

import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
// In this order: npm test looks at the time of the last one.
const EMBEDDED = {
  "build/topomatch-threads.wasm": "lib/evaluate/threads/wasm-bytes.ts",
  "build/topomatch.wasm": "lib/evaluate/wasm-bytes.ts",
};

for (const [module, source] of Object.entries(EMBEDDED)) {
  // In base 64 the same bytes look different at different places, so that gzip finds fewer of them again: 0.7 kB more.
  const hex = readFileSync(new URL(module, root)).toString("hex");
  const text = `// Written by scripts/embed-wasm.mjs from ${module}.\nexport const wasmHex =\n  "${hex}";\n`;
  writeFileSync(new URL(source, root), text);
}
