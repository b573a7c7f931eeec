// build/topomatch.wasm -> lib/evaluate/wasm-bytes.ts, so that no file is read and no bundler asked at run time.

import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const bytes = readFileSync(new URL("build/topomatch.wasm", root));
writeFileSync(
  new URL("lib/evaluate/wasm-bytes.ts", root),
  `// Written by scripts/embed-wasm.mjs from build/topomatch.wasm.\nexport const wasmBase64 =\n  "${bytes.toString("base64")}";\n`,
);
