// How much SQL the console takes at once.

/** Bytes of a request. */
export const LARGEST_SCRIPT = 16 * 1024 * 1024
