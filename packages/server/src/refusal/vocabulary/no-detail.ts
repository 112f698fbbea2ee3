// The shape of a refusal whose code says everything.

/** Given as `{}`. */
export type NoDetail = Readonly<Record<string, never>>
