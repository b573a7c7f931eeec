// result: the nodes of one moment in the order of the bytes of their names, and those names.

import type { Strings } from "../intern/strings.js";
import { compareUtf8 } from "../objects/utf8.js";

export interface NodeOrder {
  /** Node ids. */
  readonly ids: Uint32Array;
  readonly names: readonly string[];
  /** The place of each node id among them. */
  readonly places: Uint32Array;
}

/** Makes orders, each from the one before: few nodes come or go between two reports. */
export class NodeOrders {
  #last: (NodeOrder & { readonly texts: Uint32Array }) | undefined;

  constructor(readonly strings: Strings) {}

  /** The order of nodes by the string ids of their names, 0 where there is no node. O(nodes), and a sort of new ones. */
  of(texts: Uint32Array): NodeOrder {
    const last = this.#last ?? { ids: new Uint32Array(0), names: [] as readonly string[], texts };
    const isKept = (id: number): boolean => texts[id] !== 0 && texts[id] === last.texts[id];
    const known = new Uint8Array(texts.length);
    for (const id of last.ids) if (isKept(id)) known[id] = 1;
    const fresh: { readonly id: number; readonly name: string }[] = [];
    for (let id = 0; id < texts.length; id++) {
      if (texts[id] !== 0 && known[id] === 0) fresh.push({ id, name: this.strings.get(texts[id]) });
    }
    fresh.sort((a, b) => compareUtf8(a.name, b.name));
    const ids: number[] = [];
    const names: string[] = [];
    let next = 0;
    const put = (id: number, name: string): void => {
      ids.push(id);
      names.push(name);
    };
    for (let i = 0; i < last.ids.length; i++) {
      const name = last.names[i];
      if (!isKept(last.ids[i])) continue;
      for (; next < fresh.length && compareUtf8(fresh[next].name, name) < 0; next++)
        put(fresh[next].id, fresh[next].name);
      put(last.ids[i], name);
    }
    for (; next < fresh.length; next++) put(fresh[next].id, fresh[next].name);
    const places = new Uint32Array(texts.length);
    for (let i = 0; i < ids.length; i++) places[ids[i]] = i;
    const order = { ids: Uint32Array.from(ids), names, places, texts };
    this.#last = order;
    return order;
  }

  /** To be called before a sweep, which may give string ids to other texts. */
  forget(): void {
    this.#last = undefined;
  }
}
