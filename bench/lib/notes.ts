// Why a figure is missed, and why a curve is steeper than linear: what profiles showed. By a pattern of the id.

type Note = readonly [pattern: RegExp, text: string];

export const EXPLANATIONS: readonly Note[] = [];

export const GROWTH_EXPLANATIONS: readonly Note[] = [];
