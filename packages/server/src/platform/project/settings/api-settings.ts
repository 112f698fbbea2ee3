// What Project Settings → API shows: addresses, keys, and what the REST door serves; with what of it stands in the file.

import { type ConfigState, writtenAt } from '../config-file/config-port.ts'

/** `file`: the configuration says it. `development`: the well-known value of every local project. `derived`: made of the JWT secret. */
export type KeySource = 'file' | 'development' | 'derived'

export interface ShownKey {
  readonly value: string
  readonly source: KeySource
}

/** The keys of the project as they are in force. */
export interface ProjectKeyValues {
  readonly publishable: string
  readonly secret: string
  readonly anon: string
  readonly serviceRole: string
  readonly jwtSecret: string
}

/** The settings of the REST door that can change while it serves. */
export interface RestSettings {
  readonly schemas: readonly string[]
  readonly extraSearchPath: readonly string[]
  /** Null for no limit. */
  readonly maxRows: number | null
}

export interface ApiSettings extends RestSettings {
  readonly url: string
  readonly keys: Readonly<Record<'publishable' | 'secret' | 'anon' | 'serviceRole' | 'jwtSecret', ShownKey>>
  /** Which of the settings stand in the file; the others are defaults. */
  readonly inFile: Readonly<Record<keyof RestSettings, boolean>>
  /** The schemas there are to expose. */
  readonly knownSchemas: readonly string[]
  readonly file: string
}

interface Facts {
  readonly url: string
  readonly file: string
  readonly keys: ProjectKeyValues
  readonly rest: RestSettings
  readonly state: ConfigState
  readonly knownSchemas: readonly string[]
}

/** The file's name for each setting. */
export const settingPaths: Readonly<Record<keyof RestSettings, readonly string[]>> = {
  schemas: ['api', 'schemas'],
  extraSearchPath: ['api', 'extra_search_path'],
  maxRows: ['api', 'max_rows'],
}

/** The answer of `GET /settings/api`. */
export function apiSettings({ url, file, keys, rest, state, knownSchemas }: Facts): ApiSettings {
  const source = (key: string, otherwise: KeySource): KeySource =>
    writtenAt(state, ['auth', key]) === undefined ? otherwise : 'file'
  const jwtSource = source('jwt_secret', 'development')
  const derived = jwtSource === 'development' ? 'development' : 'derived'
  const { schemas, extraSearchPath, maxRows } = rest
  return {
    url,
    keys: {
      publishable: { value: keys.publishable, source: source('publishable_key', 'development') },
      secret: { value: keys.secret, source: source('secret_key', 'development') },
      anon: { value: keys.anon, source: source('anon_key', derived) },
      serviceRole: { value: keys.serviceRole, source: source('service_role_key', derived) },
      jwtSecret: { value: keys.jwtSecret, source: jwtSource },
    },
    schemas,
    extraSearchPath,
    maxRows,
    inFile: {
      schemas: writtenAt(state, settingPaths.schemas) !== undefined,
      extraSearchPath: writtenAt(state, settingPaths.extraSearchPath) !== undefined,
      maxRows: writtenAt(state, settingPaths.maxRows) !== undefined,
    },
    knownSchemas,
    file,
  }
}
