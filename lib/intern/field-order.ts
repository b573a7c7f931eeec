// intern: the names of one object or map, in the order in which they came last time, and what each one means.
//
// Objects of one kind are written alike: the next name is nearly always the one that stood there before, and comparing
// it with that is a tenth of looking it up.

import type { Strings } from "./strings.js";

/** How far ahead of its place a name is looked for; so far may names be left out. */
const AHEAD = 8;
/** More names than this are not remembered. */
const LIMIT = 256;

/** Nor are longer texts, and longer names than this together. */
const LONGEST_TEXT = 256;
const MOST_CHARACTERS = 1 << 15;

/** So many other texts a remembered one outlives: storing each of those that vary would cost more than it saves. */
const PATIENCE = 64;

/** What knows the meaning of each name. */
export interface Named {
  meaning(name: string, strings: Strings): number;
}

export class FieldOrder {
  readonly names: string[] = [];
  readonly meanings: number[] = [];
  /** A text that stood there, and its token; 0 as long as there is none. Of a structure, its block alone. */
  readonly texts: string[] = [];
  readonly tokens: number[] = [];
  readonly #patience: number[] = [];
  #characters = 0;

  /** Where `name` is remembered, when it is not at `place`: a little ahead, or from now on there. */
  locate(name: string, place: number, named: Named, strings: Strings): number {
    const { names } = this;
    const end = Math.min(place + AHEAD, names.length);
    for (let at = place + 1; at < end; at++) if (names[at] === name) return at;
    const meaning = named.meaning(name, strings);
    if (names.length >= LIMIT || this.#characters > MOST_CHARACTERS) this.forget();
    this.#characters += name.length;
    const at = Math.min(place, names.length);
    names.splice(at, 0, name);
    this.meanings.splice(at, 0, meaning);
    this.texts.splice(at, 0, "");
    this.tokens.splice(at, 0, 0);
    this.#patience.splice(at, 0, 0);
    return at;
  }

  /** Another text than the remembered one stood at this place; once in a while it is remembered instead. */
  missed(place: number, text: string, token: number): number {
    if (this.#patience[place]-- === 0) {
      this.#patience[place] = PATIENCE;
      if (text.length > LONGEST_TEXT) return token;
      this.texts[place] = text;
      this.tokens[place] = token;
    }
    return token;
  }

  forget(): void {
    this.#characters = 0;
    for (const list of [this.names, this.meanings, this.texts, this.tokens, this.#patience]) list.length = 0;
  }
}
