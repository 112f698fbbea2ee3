// The endpoints of enumerated types.

import { z } from 'zod'

import type { QualifiedName, Sql } from '../../../../database/sql.ts'
import { Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformSession } from '../../../database/platform-database.ts'
import { runStatements, scriptOf } from '../../../database/run-statements.ts'
import type { PlatformArea } from '../../../platform-door.ts'
import { name, qualifiedName } from '../../../request/names.ts'
import { dropWish } from '../../../request/objects.ts'
import { readBody, readPath, readQuery } from '../../../request/read-input.ts'
import { impatiently } from '../running/impatiently.ts'
import type { TablesDeps } from '../tables-area.ts'
import { enumChange, newEnum } from './enum-input.ts'
import { alterEnum, createEnum, dropEnum, listEnums } from './sql/shape-enums.ts'

const listInput = z.object({ schema: name.optional() })

/** `GET` and `POST /enums`, `PATCH` and `DELETE /enums/:schema/:name`. Refuses `platform.object-unknown`. */
export function enumsArea({ database }: TablesDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/enums', async (request) => {
      const { schema = null } = readQuery(listInput, request.query)
      return { enums: await impatiently(database, async (session) => await session.rows(listEnums, [schema, null])) }
    })
    fastify.post('/enums', async (request, reply) => {
      const wanted = readBody(newEnum, request.body)
      if (!wanted.preview) reply.code(201)
      return await impatiently(database, async (session) => {
        return await finish(session, createEnum(wanted), wanted.preview, wanted)
      })
    })
    fastify.patch('/enums/:schema/:name', async (request) => {
      const at = readPath(qualifiedName, request.params)
      const change = readBody(enumChange, request.body)
      return await impatiently(database, async (session) => {
        await readEnum(session, at)
        return await finish(session, alterEnum(at, change), change.preview, { ...at, name: change.name ?? at.name })
      })
    })
    fastify.delete('/enums/:schema/:name', async (request) => {
      const at = readPath(qualifiedName, request.params)
      const { cascade } = readQuery(dropWish, request.query)
      return await impatiently(database, async (session) => {
        await readEnum(session, at)
        const statements = [dropEnum(at, cascade)]
        await runStatements(session, statements)
        return { dropped: at, sql: scriptOf(statements) }
      })
    })
  }
}

async function finish(session: PlatformSession, statements: readonly Sql[], preview: boolean, at: QualifiedName) {
  if (preview) return { sql: scriptOf(statements) }
  await runStatements(session, statements)
  return { enum: await readEnum(session, at), sql: scriptOf(statements) }
}

async function readEnum(session: PlatformSession, { schema, name: type }: QualifiedName): Promise<object> {
  const [found] = await session.rows(listEnums, [schema, type])
  if (found === undefined)
    throw new Refusal('platform.object-unknown', { kind: 'enumerated type', id: `${schema}.${type}` })
  return found
}
