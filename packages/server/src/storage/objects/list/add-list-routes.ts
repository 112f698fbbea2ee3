// Listings of a bucket: a folder at a time by offset, or keys a page at a time by cursor.

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

import { callerOf } from '../../door/caller-of.ts'
import { readJson } from '../../door/read-json.ts'
import type { StorageArea, StorageDeps } from '../../door/storage-deps.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { type KeyPage, listFolder, listKeys } from '../sql/list-objects.ts'
import { type Cursor, printCursor, readCursor } from './cursor.ts'
import { type Entry, printEntry } from './print-entry.ts'

interface ListRoute {
  readonly Params: { readonly bucket: string }
}

interface KeyListing {
  readonly hasNext: boolean
  readonly nextCursor?: string
  readonly nextCursorKey?: string
  readonly folders: readonly Partial<Entry>[]
  readonly objects: readonly Entry[]
}

const MOST = 1000
const sortOrder = z.enum(['asc', 'desc']).optional()

const folderBody = z.object({
  prefix: z.string(),
  limit: z.int().min(1).optional(),
  offset: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
  sortBy: z
    .object({ column: z.enum(['name', 'updated_at', 'created_at', 'last_accessed_at']), order: sortOrder })
    .optional(),
  search: z.string().optional(),
})

const keysBody = z.object({
  prefix: z.string().optional(),
  limit: z.int().min(1).optional(),
  cursor: z.string().optional(),
  with_delimiter: z.boolean().optional(),
  sortBy: z.object({ column: z.enum(['name', 'updated_at', 'created_at']), order: sortOrder }).optional(),
})

/** Adds `POST /object/list/:bucket` and `POST /object/list-v2/:bucket`. */
export const addListRoutes: StorageArea = (fastify, deps) => {
  fastify.post<ListRoute>('/object/list/:bucket', async (request) => await folderOf(request, deps))
  fastify.post<ListRoute>('/object/list-v2/:bucket', async (request) => await keysOf(request, deps))
}

/** A bucket that is not there, or that the policies show nothing of, is an empty one, as upstream has it. */
async function folderOf(
  request: FastifyRequest<ListRoute>,
  { database, identify }: StorageDeps,
): Promise<readonly Entry[]> {
  const caller = await callerOf(request, identify)
  const { prefix, limit = 100, offset = 0, sortBy, search = '' } = await readJson(request, folderBody)
  const page = {
    bucket: request.params.bucket,
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    search,
    column: sortBy?.column ?? 'name',
    order: sortBy?.order ?? 'asc',
    limit: Math.min(limit, MOST),
    offset,
  }
  const work = { operation: 'storage.object.list', statements: [listFolder(page)], readOnly: true } as const
  const [rows] = await database.asCaller(caller, work)
  return cellsOf(rows).map(printEntry)
}

async function keysOf(request: FastifyRequest<ListRoute>, { database, identify }: StorageDeps): Promise<KeyListing> {
  const caller = await callerOf(request, identify)
  const {
    prefix = '',
    limit = MOST,
    cursor,
    with_delimiter: withFolders = false,
    sortBy,
  } = await readJson(request, keysBody)
  const begun = cursor === undefined || cursor === '' ? null : readCursor(cursor)
  const page: KeyPage = {
    bucket: request.params.bucket,
    prefix,
    withFolders,
    column: begun?.column ?? sortBy?.column ?? 'name',
    order: begun?.order ?? sortBy?.order ?? 'asc',
    limit: Math.min(limit, MOST) + 1,
    after: begun,
  }
  const work = { operation: 'storage.object.list_v2', statements: [listKeys(page)], readOnly: true } as const
  const [rows] = await database.asCaller(caller, work)
  return printKeys(cellsOf(rows).map(printEntry), page)
}

/** One entry more was asked for than is shown, to know whether there is another page. */
function printKeys(entries: readonly Entry[], { column, order, limit }: KeyPage): KeyListing {
  const shown = entries.slice(0, limit - 1)
  const last = shown.at(-1)
  const hasNext = entries.length > shown.length
  return {
    hasNext,
    ...(hasNext && last !== undefined && nextOf(last, { column, order })),
    folders: shown.filter(({ id }) => id === null).map((folder) => ({ ...folder, name: `${folder.name}/` })),
    objects: shown.filter(({ id }) => id !== null),
  }
}

function nextOf(
  last: Entry,
  sorted: Pick<Cursor, 'column' | 'order'>,
): Pick<KeyListing, 'nextCursor' | 'nextCursorKey'> {
  const time = sorted.column === 'name' ? null : last[sorted.column]
  return { nextCursor: printCursor({ ...sorted, name: last.name, time }), nextCursorKey: last.name }
}
