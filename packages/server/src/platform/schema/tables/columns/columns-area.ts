// What a column can be.

import { z } from 'zod'

import type { PlatformArea } from '../../../platform-door.ts'
import { readQuery } from '../../../request/read-input.ts'
import { impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { checkTypes } from './check-types.ts'
import { typeText } from './column-input.ts'
import { knownTypes } from './known-types.ts'
import { listDefaults, listTypes } from './sql/list-types.ts'

interface ColumnType {
  /** As a column may be declared. */
  readonly name: string
  /** As `format_type` prints it, and so the columns of a table. */
  readonly type: string
  readonly schema: string
  readonly extension: string | null
  readonly kind: 'base' | 'enum' | 'domain' | 'composite' | 'range'
  readonly comment: string | null
}

interface Suggestion {
  readonly expression: string
  readonly schema: string
  readonly description: string | null
}

/** `GET /column-types` and `GET /default-suggestions?type=`. Refuses `platform.type-unknown`. */
export function columnsArea({ database }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/column-types', async () => {
      const types = await impatiently(database, async (session) => await session.rows<ColumnType>(listTypes))
      return { types: inOrder(types).map(described) }
    })
    fastify.get('/default-suggestions', async (request) => {
      const { type } = readQuery(z.object({ type: typeText }), request.query)
      return await impatiently(database, async (session) => {
        await checkTypes(session, [type])
        const functions = await session.rows<Suggestion>(listDefaults, [type])
        return { suggestions: [...functions.map(explained), ...(wanted.get(type) ?? [])] }
      })
    })
  }
}

/** The ones that people know first, then those of the project, then the rest. */
function inOrder(types: readonly ColumnType[]): readonly ColumnType[] {
  const known = [...knownTypes.keys()]
  const place = ({ name, schema }: ColumnType): number => {
    const at = schema === 'pg_catalog' ? known.indexOf(name) : -1
    return at === -1 ? known.length + (schema === 'pg_catalog' ? 1 : 0) : at
  }
  return [...types].sort((one, other) => place(one) - place(other))
}

function described({ comment, ...type }: ColumnType) {
  const known = type.schema === 'pg_catalog' ? knownTypes.get(type.name) : undefined
  return { ...type, group: known?.group ?? groupOf(type), description: known?.description ?? comment }
}

function groupOf({ schema, kind, extension }: Omit<ColumnType, 'comment'>): string {
  if (extension !== null) return `Extension ${extension}`
  if (schema === 'pg_catalog') return 'Other'
  return { base: 'Other', enum: 'Enumerated types', domain: 'Domains', composite: 'Composite types', range: 'Ranges' }[
    kind
  ]
}

const words: ReadonlyMap<string, string> = new Map([
  ['now()', 'The moment when the row is inserted'],
  ['gen_random_uuid()', 'A random UUID'],
  ['uuidv7()', 'A UUID that sorts by time'],
  ['auth.uid()', 'Who asks, where ids are UUIDs; not for ids of Clerk'],
  ['auth.jwt()', 'The claims of whoever asks'],
  ['auth.role()', 'The role of whoever asks'],
])

function explained({ description, ...suggestion }: Suggestion): Suggestion {
  return { ...suggestion, description: words.get(suggestion.expression) ?? description }
}

/** What no function of its own gives. */
const wanted: ReadonlyMap<string, readonly Suggestion[]> = new Map(
  [
    ['text', `auth.jwt()->>'sub'`, 'The id of whoever asks, as Clerk gives it'],
    ['date', 'current_date', 'The day when the row is inserted'],
    ['time', 'localtime', 'The time of day when the row is inserted'],
    ['timestamp', 'localtimestamp', 'The moment when the row is inserted, of no time zone'],
  ].map(([type = '', expression = '', description = '']) => [
    type,
    [{ expression, schema: 'pg_catalog', description }],
  ]),
)
