// intern: the bytes of texts (UTF-8; a lone surrogate keeps its three-byte form), four to a word, one text after
// another. A text begins at a word; its last one is filled up with zeros.

import { growU32 } from "./grow.js";

export const wordsOf = (length: number): number => (length + 3) >>> 2;

const FEWEST_WORDS = 1 << 10;

export class Arena {
  /** Renewed when it grows. */
  words = new Uint32Array(FEWEST_WORDS);
  /** Where the texts that are kept end. */
  tail = 0;
  /** Of the text that was written last, behind the tail: its bytes, and their hash, an i32. */
  length = 0;
  hash = 0;
  // Seeded, so that nobody can prepare names that collide.
  readonly #seed = (Math.random() * 0x1_0000_0000) | 0;

  /** Writes a text behind the tail. O(length). */
  write(text: string): void {
    const { length } = text;
    this.#reserve(length);
    const { words } = this;
    let at = this.tail;
    let hash = this.#seed;
    let all = 0;
    let i = 0;
    for (const end = length & ~3; i < end; i += 4) {
      const a = text.charCodeAt(i);
      const b = text.charCodeAt(i + 1);
      const c = text.charCodeAt(i + 2);
      const d = text.charCodeAt(i + 3);
      all |= a | b | c | d;
      const word = a | (b << 8) | (c << 16) | (d << 24);
      words[at++] = word;
      hash = mix(hash, word);
    }
    if (i < length) {
      let word = 0;
      for (let shift = 0; i < length; i++, shift += 8) {
        const code = text.charCodeAt(i);
        all |= code;
        word |= code << shift;
      }
      words[at] = word;
      hash = mix(hash, word);
    }
    if (all >= 0x80) this.#writeUtf8(text);
    else {
      this.length = length;
      this.hash = finish(hash ^ length);
    }
  }

  /** Keeps the text that was written last; returns its first word. */
  keep(): number {
    const start = this.tail;
    this.tail += wordsOf(this.length);
    return start;
  }

  /** Gives back the room behind the tail. */
  trim(): void {
    if (this.tail * 2 < this.words.length) this.words = this.words.slice(0, Math.max(this.tail, FEWEST_WORDS));
  }

  /** Whether the text that begins at a word, of the same length, equals the one that was written last. */
  equals(start: number): boolean {
    const { tail, words } = this;
    for (let i = wordsOf(this.length) - 1; i >= 0; i--) if (words[start + i] !== words[tail + i]) return false;
    return true;
  }

  read(start: number, length: number): string {
    const { words } = this;
    const byte = (i: number): number => (words[start + (i >>> 2)] >>> ((i & 3) << 3)) & 0xff;
    let text = "";
    for (let i = 0; i < length; ) {
      const lead = byte(i++);
      if (lead < 0x80) text += String.fromCharCode(lead);
      else if (lead < 0xe0) text += String.fromCharCode(((lead & 0x1f) << 6) | (byte(i++) & 0x3f));
      else if (lead < 0xf0) {
        text += String.fromCharCode(((lead & 0x0f) << 12) | ((byte(i++) & 0x3f) << 6) | (byte(i++) & 0x3f));
      } else {
        const high = ((lead & 0x07) << 18) | ((byte(i++) & 0x3f) << 12);
        text += String.fromCodePoint(high | ((byte(i++) & 0x3f) << 6) | (byte(i++) & 0x3f));
      }
    }
    return text;
  }

  /** Copies the bytes of a text that fits. */
  copy(start: number, length: number, into: Uint8Array): void {
    const { words } = this;
    for (let i = 0; i < length; i += 4) {
      const word = words[start + (i >>> 2)];
      into[i] = word;
      into[i + 1] = word >>> 8;
      into[i + 2] = word >>> 16;
      into[i + 3] = word >>> 24;
    }
  }

  /** Order of two texts by their bytes. */
  compare(startA: number, lengthA: number, startB: number, lengthB: number): number {
    const { words } = this;
    const count = wordsOf(Math.min(lengthA, lengthB));
    for (let i = 0; i < count; i++) {
      const [a, b] = [words[startA + i], words[startB + i]];
      if (a !== b) return bigEndian(a) - bigEndian(b);
    }
    return lengthA - lengthB;
  }

  #reserve(characters: number): void {
    // A character takes at most three bytes.
    const needed = this.tail + wordsOf(characters * 3);
    if (needed > this.words.length) this.words = growU32(this.words, needed);
  }

  #writeUtf8(text: string): void {
    const first = this.tail;
    const { words } = this;
    let count = 0;
    const put = (byte: number): void => {
      const at = first + (count >>> 2);
      const shift = (count & 3) << 3;
      words[at] = shift === 0 ? byte : words[at] | (byte << shift);
      count++;
    };
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i) as number;
      if (code < 0x80) {
        put(code);
        continue;
      }
      if (code < 0x800) put(0xc0 | (code >> 6));
      else {
        if (code < 0x10000) put(0xe0 | (code >> 12));
        else {
          i++;
          put(0xf0 | (code >> 18));
          put(0x80 | ((code >> 12) & 0x3f));
        }
        put(0x80 | ((code >> 6) & 0x3f));
      }
      put(0x80 | (code & 0x3f));
    }
    this.length = count;
    this.#hashWords();
  }

  #hashWords(): void {
    const { length, tail, words } = this;
    let hash = this.#seed;
    for (let i = 0; i < wordsOf(length); i++) hash = mix(hash, words[tail + i]);
    this.hash = finish(hash ^ length);
  }
}

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** Mixes a hash once more. */
function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

function bigEndian(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
