// Migrations: which stand in the project's folder, which the database has, and new ones out of SQL that was tried.

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { readBody, readPath } from '../../request/read-input.ts'
import { text } from '../../request/text.ts'

export interface MigrationShown {
  /** The digits that its file's name begins with. */
  readonly version: string
  readonly name: string
  /** Relative to the project; null where the database alone knows it. */
  readonly file: string | null
  readonly state: 'applied' | 'pending' | 'file-missing'
  /** Why the file is not what was applied, or cannot be; null where nothing is wrong. */
  readonly problem: string | null
}

export interface MigrationText extends MigrationShown {
  /** The file's text, null where there is none. */
  readonly text: string | null
  /** What was applied, null where it was not, or where nobody wrote it down. */
  readonly statements: readonly string[] | null
}

/** What boot does for these endpoints. Each refuses `platform.migration-refused`. */
export interface MigrationsPort {
  list(): Promise<{ readonly migrations: readonly MigrationShown[]; readonly warnings: readonly string[] }>
  /** Null where neither folder nor database has it. */
  read(version: string): Promise<MigrationText | null>
  /** Writes a file; then runs it, only notes it as applied (it was run before), or leaves it pending. */
  save(wish: SaveWish): Promise<MigrationText>
  /** Applies what is pending, in order; the versions applied. */
  apply(): Promise<readonly string[]>
}

const saveWish = z.object({
  name: z
    .string()
    .min(1, 'a name is missing')
    .max(100, 'a name has at most 100 characters')
    .regex(/^[\w-]+( [\w-]+)*$/, 'a name has letters, digits, hyphens and underscores'),
  sql: text.refine((given) => given.trim() !== '', 'the SQL is missing'),
  afterwards: z.enum(['run', 'note', 'leave']).default('run'),
})

export type SaveWish = z.infer<typeof saveWish>

const path = z.object({ version: z.string().regex(/^\d{1,30}$/, 'a version is made of digits') })

/** `GET|POST /migrations`, `GET /migrations/:version`, `POST /migrations/apply`. */
export function migrationsArea(port: MigrationsPort): PlatformArea {
  return async (fastify) => {
    fastify.get('/migrations', async () => await port.list())
    fastify.post('/migrations', async ({ body }, reply) => {
      const migration = await port.save(readBody(saveWish, body))
      return reply.code(201).send({ migration })
    })
    fastify.get('/migrations/:version', async ({ params }) => {
      const { version } = readPath(path, params)
      const migration = await port.read(version)
      if (migration === null) throw new Refusal('platform.object-unknown', { kind: 'migration', id: version })
      return { migration }
    })
    fastify.post('/migrations/apply', async () => ({ applied: await port.apply() }))
  }
}
