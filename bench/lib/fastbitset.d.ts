declare module "fastbitset" {
  export default class FastBitSet {
    words: number[];
    intersection_size(other: FastBitSet): number;
  }
}
