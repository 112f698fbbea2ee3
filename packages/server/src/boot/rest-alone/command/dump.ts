// `--dump-config` and `--dump-schema`: what a door would start with, once.

import { readCatalog } from '../../../catalog/read-catalog.ts'
import { type OpenDatabase, openDatabase } from '../../../database/pipeline/open-database.ts'
import { FOLLOWS } from '../config/alone-config.ts'
import { dumpParameters } from '../config/dump-parameters.ts'
import { type ConfigSources, type ReadConfig, readAloneConfig } from '../config/read-alone-config.ts'
import { readDatabaseSettings } from '../config/read-database-settings.ts'
import { type ConnectionTarget, connectionTarget } from '../connection/connection-target.ts'
import { withPreferredTls } from '../connection/prefer-tls.ts'
import { assertSchemasExist } from '../connection/read-server.ts'
import { sayRefusal } from '../connection/refused-by-database.ts'
import { dumpCatalog } from '../dump-catalog.ts'

/** Takes one line of diagnostics. */
type Note = (line: string) => void

/** The configuration as a file, what the database says of it included; a database that is away is told of and left out. */
export async function dumpConfig(sources: ConfigSources, note: Note): Promise<string> {
  const first = readAloneConfig(sources)
  if (!first.config.database.configures) return dumpParameters(first)
  return await withDatabase(sources, first, async (database, target) =>
    dumpParameters(await underDatabase(sources, first, { database, target, note })),
  ).catch((thrown: unknown) => {
    if (!(thrown instanceof SyntaxError)) throw thrown
    note(thrown.message)
    return dumpParameters(first)
  })
}

/** The schema as JSON, one line. Refuses with `postgres.*`. */
export async function dumpSchema(sources: ConfigSources, note: Note): Promise<string> {
  const first = readAloneConfig(sources)
  return await withDatabase(sources, first, async (database, target) => {
    const { config } = first.config.database.configures
      ? await underDatabase(sources, first, { database, target, note })
      : first
    const { schemas, extraSearchPath } = config.rest
    const { hoistedSettings } = config.database
    const scope = { schemas, extraSearchPath, authenticatorRole: target.user, hoistedSettings }
    const run: OpenDatabase['run'] = (transaction) => database.run(transaction)
    await assertSchemasExist(run, target.user, [...schemas, ...extraSearchPath])
    const catalog = await readCatalog(run, scope, 1)
    return `${JSON.stringify(dumpCatalog(catalog))}\n`
  })
}

interface Asked {
  readonly database: OpenDatabase
  readonly target: ConnectionTarget
  readonly note: Note
}

async function underDatabase(sources: ConfigSources, first: ReadConfig, asked: Asked): Promise<ReadConfig> {
  const { database, target, note } = asked
  try {
    const { preConfig } = first.config.database
    const said = await readDatabaseSettings((transaction) => database.run(transaction), target.user, preConfig)
    return readAloneConfig(sources, said, first)
  } catch (thrown) {
    if (!('code' in (thrown as object))) throw thrown
    note(`Failed to query database settings for the config parameters. ${sayRefusal(thrown).said}`)
    return first
  }
}

async function withDatabase<Result>(
  { environment }: ConfigSources,
  { config }: ReadConfig,
  use: (database: OpenDatabase, target: ConnectionTarget) => Promise<Result>,
): Promise<Result> {
  const named = connectionTarget(config.database.uri, environment, `PostgREST ${FOLLOWS}`)
  const target = await withPreferredTls(named)
  const database = openDatabase({ ...target, size: 1, acquireTimeout: config.database.acquireTimeout })
  try {
    return await use(database, target)
  } finally {
    await database.close()
  }
}
