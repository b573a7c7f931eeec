// What the benches ask: the plugin VolumeBinding alone, where their line names no other filters.

export const VOLUME_BINDING = { filters: ["VolumeBinding"] } as const;
