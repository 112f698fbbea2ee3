// Whose reading a route is, and what row that finds.

import type { FastifyRequest } from 'fastify'

import type { StorageOperation } from '../../access/operations.ts'
import { callerOf } from '../../door/caller-of.ts'
import { optionalCallerOf } from '../../door/optional-caller.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import type { Place } from '../sql/read-object.ts'
import { findForCaller, findPublic } from './find-object.ts'

/** Settles who reads; what it resolves to reads the row, as often as it is called. */
export type Reader = (
  request: FastifyRequest,
  deps: Pick<StorageDeps, 'database' | 'identify'>,
  operation: StorageOperation,
) => Promise<() => Promise<ObjectRow>>

/** Whoever shows a token that holds. Refuses as `callerOf` and `findForCaller`. */
export const byCaller: Reader = async (request, { database, identify }, operation) => {
  const caller = await callerOf(request, identify)
  return async () => await findForCaller(database, caller, placeOf(request), operation)
}

/** Anybody, of a public bucket. Refuses as `findPublic`. */
export const byPublic: Reader =
  async (request, { database }) =>
  async () =>
    await findPublic(database, placeOf(request), null)

/** Whoever shows a token that holds as such, anybody else of a public bucket. */
export const byAnyone: Reader = async (request, { database, identify }, operation) => {
  const who = await optionalCallerOf(request, identify)
  return 'caller' in who
    ? async () => await findForCaller(database, who.caller, placeOf(request), operation)
    : async () => await findPublic(database, placeOf(request), who.stranger.refused)
}

/** The bucket and the name that the route's path has. */
export function placeOf({ params }: FastifyRequest): Place {
  const { bucket = '', '*': name = '' } = params as Readonly<Record<string, string | undefined>>
  return { bucket, name }
}
