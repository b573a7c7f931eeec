// cli: bytes as editors and shells write them -> UTF-8 without a byte order mark, and what language they are in.

import { TextDecoder } from "node:util";

/** The bytes in UTF-8; PowerShell's `>` writes UTF-16. */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let first = true;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    let bytes = chunk;
    if (first) {
      first = false;
      decoder = utf16Decoder(bytes);
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    yield decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
}

function utf16Decoder(bytes: Uint8Array): TextDecoder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le");
  return bytes[0] === 0xfe && bytes[1] === 0xff ? new TextDecoder("utf-16be") : undefined;
}

const JSON_START = /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[\]{["]|$))/;
const SNIFFED = 1 << 12;
/** Who begins with more white space than this writes no JSON. */
const MAX_BLANK = 1 << 20;

/** Whether these bytes begin JSON. YAML may begin with a brace too, but then seldom with a quote behind it. */
export async function sniff(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly isJson: boolean; readonly chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let bytes = 0;
  let start = "";
  while (start.length < SNIFFED && bytes < MAX_BLANK) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    read.push(value);
    bytes += value.length;
    start = (start + Buffer.from(value.subarray(0, SNIFFED)).toString("latin1")).trimStart();
  }
  return { isJson: JSON_START.test(start), chunks: joined(read, iterator) };
}

async function* joined(read: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* read;
  yield* { [Symbol.asyncIterator]: () => rest };
}
