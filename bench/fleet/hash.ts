// bench: a number for every (index, salt), so that any object can be made alone and in any order.

/** A well mixed u32. */
export function hash(index: number, salt: number): number {
  let h = Math.imul(index ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(salt + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
const hex = (word: number): string =>
  HEX[word >>> 24] + HEX[(word >>> 16) & 255] + HEX[(word >>> 8) & 255] + HEX[word & 255];

/** A uid, as an API server makes them. */
export function uid(index: number, salt: number): string {
  const [a, b, c, d] = [0, 1, 2, 3].map((part) => hex(hash(index, salt * 4 + part)));
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** The random end of a generated name. */
export function suffix(index: number, salt: number, length: number): string {
  let word = hash(index, salt);
  let text = "";
  for (let i = 0; i < length; i++) {
    text += ALPHABET[word % 27];
    word = i === 5 ? hash(index, salt + 99) : Math.floor(word / 27);
  }
  return text;
}

/** A creation time in 2025. */
export function time(index: number, salt: number): string {
  return `${new Date(1_735_689_600_000 + (hash(index, salt) % 31_536_000) * 1000).toISOString().slice(0, 19)}Z`;
}
