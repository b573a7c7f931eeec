// On import: every hash is the same one, so that nothing but comparison tells texts, blocks and rows apart.

import { HashSlots } from "../../lib/intern/hash-slots.js";

const ONE = 7;
const slots = HashSlots.prototype;
const { add, first, next } = slots;
slots.first = function (this: HashSlots) {
  return first.call(this, ONE);
};
slots.next = function (this: HashSlots, place) {
  return next.call(this, place, ONE);
};
slots.add = function (this: HashSlots, place, _, number) {
  add.call(this, place, ONE, number);
};
