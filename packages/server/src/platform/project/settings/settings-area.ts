// Project Settings → API: shown, and the part that can change while the server runs changed.

import { z } from 'zod'

import { Refusal } from '../../../refusal/refusal.ts'
import type { ConfigEdit, ConfigPort, ConfigState } from '../config-file/config-port.ts'
import type { PlatformDatabase } from '../../database/platform-database.ts'
import type { PlatformArea } from '../../platform-door.ts'
import { name } from '../../request/names.ts'
import { readBody } from '../../request/read-input.ts'
import {
  type ApiSettings,
  apiSettings,
  type ProjectKeyValues,
  type RestSettings,
  settingPaths,
} from './api-settings.ts'
import { knownSchemas } from './sql/known-schemas.ts'

export interface SettingsDeps {
  readonly config: ConfigPort
  readonly database: PlatformDatabase
  readonly keys: ProjectKeyValues
  /** Where clients reach the API. */
  readonly url: string
  /** What the REST door serves now. */
  readonly current: () => RestSettings
  /** Makes the REST door serve this. */
  readonly apply: (next: RestSettings) => Promise<void>
}

const changes = z
  .object({
    schemas: z.array(name).min(1, 'at least one schema must be exposed').max(100),
    extraSearchPath: z.array(name).max(100),
    maxRows: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable(),
  })
  .partial()
  .strict()

/** `GET /settings/api` and `PATCH /settings/api {schemas?, extraSearchPath?, maxRows?}`. Refuses `settings.schema-unknown`, `config.*`. */
export function settingsArea(deps: SettingsDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/settings/api', async () => await show(deps, await deps.config.read()))
    fastify.patch('/settings/api', async (request) => {
      const wanted = readBody(changes, request.body)
      await refuseUnknownSchemas(deps, [...(wanted.schemas ?? []), ...(wanted.extraSearchPath ?? [])])
      const state = await deps.config.change({
        plan: () => editsFor(wanted),
        // What another hand changed in the file waits for the next start, as it would have without this change.
        apply: async () => await deps.apply({ ...deps.current(), ...defined(wanted) }),
      })
      return await show(deps, state)
    })
  }
}

async function show({ config, database, keys, url, current }: SettingsDeps, state: ConfigState): Promise<ApiSettings> {
  return apiSettings({
    url,
    file: config.file,
    keys,
    rest: current(),
    state,
    knownSchemas: await schemasOf(database),
  })
}

async function schemasOf(database: PlatformDatabase): Promise<readonly string[]> {
  return await database.transaction(null, async (session) => {
    const rows = await session.rows<{ readonly name: string }>(knownSchemas)
    return rows.map((row) => row.name)
  })
}

/** What is served already may be missing: upstream exposes `graphql_public` whether it is there or not. */
async function refuseUnknownSchemas({ database, current }: SettingsDeps, names: readonly string[]): Promise<void> {
  const served = [...current().schemas, ...current().extraSearchPath]
  const known = new Set([...(await schemasOf(database)), ...served])
  const schemas = names.filter((schema) => !known.has(schema))
  if (schemas.length === 0) return
  throw new Refusal('settings.schema-unknown', { schemas }, { fix: 'Create it first: create schema …;' })
}

type Changes = z.infer<typeof changes>

/** In the file, 0 stands for no limit. */
function editsFor({ schemas, extraSearchPath, maxRows }: Changes): readonly ConfigEdit[] {
  const values = { schemas, extraSearchPath, maxRows: maxRows === null ? 0 : maxRows }
  return (Object.keys(values) as (keyof RestSettings)[]).flatMap((key): readonly ConfigEdit[] => {
    const value = values[key]
    return value === undefined ? [] : [{ kind: 'set', path: settingPaths[key], value }]
  })
}

function defined({ schemas, extraSearchPath, maxRows }: Changes): Partial<RestSettings> {
  return {
    ...(schemas !== undefined && { schemas }),
    ...(extraSearchPath !== undefined && { extraSearchPath }),
    ...(maxRows !== undefined && { maxRows }),
  }
}
