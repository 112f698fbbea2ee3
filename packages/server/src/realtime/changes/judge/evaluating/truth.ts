// What a condition comes to for one row. SQL's three values, and that only Postgres can tell.

export const FALSE = 0
export const TRUE = 1
export const UNKNOWN = 2
export const ASK = 3

export type Truth = typeof FALSE | typeof TRUE | typeof UNKNOWN | typeof ASK
