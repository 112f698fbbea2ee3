import { createTestDatabase, type TestDatabase } from '@tenon/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Sql } from '../../../database/sql.ts'
import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import type { Caller } from '../../access/caller.ts'
import { storageDatabase } from '../../access/storage-database.ts'
import { readListing } from '../listing/read-listing.ts'

let database: TestDatabase
let pool: OpenDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openDatabase({ url: database.url('supabase_storage_admin'), size: 2 })
  const buckets = `insert into storage.buckets (id, name) values ('files', 'files'), ('other', 'other')`
  await database.query(buckets, 'supabase_storage_admin')
})

afterAll(async () => {
  await pool.close()
  await database.drop()
})

const identity = { role: 'service_role', subject: null, claims: {}, claimsJson: '{}' }
const caller: Caller = {
  identity: identity as unknown as Caller['identity'],
  token: '',
  method: 'GET',
  path: '/',
  headersJson: '{}',
}

/** What the rows are to be. */
async function fill(names: readonly string[]): Promise<void> {
  await pool.run({
    kind: 'transaction',
    role: 'none',
    settings: [['storage.allow_delete_query', 'true']],
    readOnly: false,
    statements: [
      { kind: 'statement', text: 'delete from storage.objects' as Sql, values: [] },
      {
        kind: 'statement',
        text: `insert into storage.objects (bucket_id, name) select bucket, name
          from jsonb_array_elements_text($1::jsonb) as name, unnest(array['files', 'other']) as bucket` as Sql,
        values: [JSON.stringify(names)],
      },
    ],
    end: 'commit',
  })
}

interface Asked {
  readonly prefix: string
  readonly delimiter: string
  readonly limit: number
}

/** Page after page. */
async function listed(asked: Asked): Promise<readonly string[]> {
  const entries: string[] = []
  let from: string | null = ''
  while (from !== null) {
    const page = { ...asked, from }
    const listing = await readListing({ bucket: 'files', caller }, { database: storageDatabase(pool) }, page)
    const names = listing.objects.map(({ name }) => name)
    expect(names.length + listing.folders.length).toBeLessThanOrEqual(asked.limit)
    entries.push(...names, ...listing.folders.map((folder) => `${folder}…`))
    from = listing.next
  }
  return entries.toSorted()
}

function expected(names: readonly string[], { prefix, delimiter }: Asked): readonly string[] {
  const entries = names
    .filter((name) => name.startsWith(prefix))
    .map((name) => {
      const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length)
      return end === -1 ? name : `${name.slice(0, end + delimiter.length)}…`
    })
  return [...new Set(entries)].toSorted()
}

const piece = fc.constantFrom('a', 'b', '/', '//', '%', '_', '-', ' ', 'é', '\u{d7ff}', '\u{ffff}', '\u{10ffff}')
const name = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''))
const asked = fc.record({
  prefix: fc.oneof(fc.constant(''), name),
  delimiter: fc.oneof(fc.constantFrom('', '/'), name),
  limit: fc.integer({ min: 1, max: 5 }),
})

test('each name is listed once, as itself or in its folder, whatever the names and the sizes of pages', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { maxLength: 12 }), asked, async (names, each) => {
      await fill(names)
      expect(await listed(each)).toEqual(expected(names, each))
    }),
    { numRuns: 150 },
  )
})

test('folders that end with the last character there is are listed once', async () => {
  const names = ['\u{10ffff}x', '\u{10ffff}y', '\u{10ffff}', 'a\u{10ffff}x', 'a\u{10ffff}\u{10ffff}', 'b']
  await fill(names)
  for (const limit of [1, 5]) {
    const each = { prefix: '', delimiter: '\u{10ffff}', limit }
    expect(await listed(each)).toEqual(expected(names, each))
  }
})
