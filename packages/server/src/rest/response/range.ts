// Content-Range and the statuses that go with it. RFC 9110 §14.4 as PostgREST applies it to rows.

import type { Range } from '../request/api-request.ts'

/** `0-9/100`, `*\/0`, `0-9/*`: which rows these are, and of how many. */
export function contentRange(offset: number, rows: number, total: number | null): string {
  const isEmpty = rows === 0 || total === 0
  return `${isEmpty ? '*' : `${offset}-${offset + rows - 1}`}/${total ?? '*'}`
}

/** 416 past the end, 206 for part of what there is; 200 where nobody counted. */
export function rangeStatus({ offset }: Range, rows: number, total: number | null): 200 | 206 | 416 {
  if (total === null) return 200
  if (offset > total) return 416
  return rows < total ? 206 : 200
}
