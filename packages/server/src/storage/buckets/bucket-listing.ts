// Which buckets are asked for, in which order.

import { z } from 'zod'

import { checked } from '../door/checked.ts'

export interface BucketListing {
  /** Part of the name, in any case; null for all. */
  readonly search: string | null
  readonly sortColumn: 'id' | 'name' | 'created_at' | 'updated_at' | null
  readonly sortOrder: 'asc' | 'desc'
  readonly limit: number | null
  readonly offset: number
}

/** A text that is a number, as it stands in a query. */
const number = (least: number) =>
  z.preprocess((text) => (typeof text === 'string' && text !== '' ? Number(text) : text), z.int().min(least)).optional()

const query = z.object({
  limit: number(1),
  offset: number(0),
  sortColumn: z.enum(['id', 'name', 'created_at', 'updated_at']).optional(),
  sortOrder: z.enum(['asc', 'desc']).optional(),
  search: z.string().optional(),
})

/** Refuses with `storage.request-invalid`. */
export function readBucketListing(said: unknown): BucketListing {
  const {
    limit = null,
    offset = 0,
    sortColumn = null,
    sortOrder = 'asc',
    search = '',
  } = checked('querystring', query, said)
  return { limit, offset, sortColumn, sortOrder, search: search === '' ? null : search }
}
