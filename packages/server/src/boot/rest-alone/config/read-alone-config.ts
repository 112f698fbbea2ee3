// The configuration from all its sources: a file, the environment, and what the database says.

import type { AloneConfig } from './alone-config.ts'
import { aloneConfig } from './alone-config.ts'
import { type ReadParameters, readParameters } from './parameters.ts'
import { readSettingsFile } from './parse-settings-file.ts'
import type { Environment } from './setting-sources.ts'

export interface ConfigSources {
  readonly environment: Environment
  /** Path of a configuration file; null for none. */
  readonly file: string | null
}

export interface ReadConfig extends ReadParameters {
  readonly config: AloneConfig
}

/** What is known before the database is: the connection string of the first reading, and nothing in the database. */
const nothing: ReadonlyMap<string, string> = new Map()

/**
 * Reads file and environment anew, under what the `database` says. Throws an Error whose message says what is wrong.
 * After the first time, `before` keeps the connection string as it was.
 */
export function readAloneConfig(
  { environment, file }: ConfigSources,
  database: ReadonlyMap<string, string> = nothing,
  before: ReadConfig | null = null,
): ReadConfig {
  try {
    const settings = file === null ? new Map<string, never>() : readSettingsFile(file, environment)
    const read = readParameters({ database, environment, file: settings }, before?.parameters ?? null)
    return { ...read, config: aloneConfig(read) }
  } catch (thrown) {
    throw new Error(`Error in config: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown })
  }
}
