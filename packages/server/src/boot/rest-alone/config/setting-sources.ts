// Where a parameter's value comes from, and how its text is read: the database wins over the environment, and that
// over the file (https://docs.postgrest.org/en/stable/references/configuration.html).

import type { FileSettings, SettingValue } from './parse-settings-file.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface SettingSources {
  /** By PostgREST's names with underscores: `db_schemas`. */
  readonly database: ReadonlyMap<string, string>
  /** Variables `PGRST_*`; the rest is not looked at. */
  readonly environment: Environment
  readonly file: FileSettings
}

/** Parameters by their names with dashes (`db-schemas`). A value that cannot be read counts as absent and is told of. */
export interface Settings {
  /** Undefined where no source has it. */
  raw(...names: readonly string[]): string | undefined
  /** Null where it is absent or empty. */
  text(...names: readonly string[]): string | null
  number(...names: readonly string[]): number | null
  truth(...names: readonly string[]): boolean | null
}

/** The first name that has a value wins, so that aliases come behind. */
export function settingsFrom(sources: SettingSources, warn: (sentence: string) => void): Settings {
  const find = (name: string): SettingValue | undefined => findSetting(sources, name)
  function read<Value>(kind: string, names: readonly string[], parse: (value: SettingValue) => Value | null) {
    for (const name of names) {
      const value = find(name)
      if (value === undefined || value === '') continue
      const parsed = parse(value)
      if (parsed !== null) return parsed
      warn(`${name} is ignored, because ${JSON.stringify(value)} is no ${kind}`)
    }
    return null
  }
  return {
    raw: (...names) => names.map((name) => find(name)).find((value) => value !== undefined && value !== '') as string,
    text: (...names) => read('text', names, asText),
    number: (...names) => read('whole number', names, asNumber),
    truth: (...names) => read('boolean', names, asTruth),
  }
}

function findSetting({ database, environment, file }: SettingSources, name: string): SettingValue | undefined {
  const underscored = name.replaceAll('-', '_')
  return database.get(underscored) ?? environment[`PGRST_${underscored.toUpperCase()}`] ?? file.get(name)
}

/** A value that is no text counts as PostgREST prints it. */
export function asText(value: SettingValue): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'Bool True' : 'Bool False'
  return typeof value === 'number' ? `Number ${Number.isInteger(value) ? `${value}.0` : value}` : JSON.stringify(value)
}

function asNumber(value: SettingValue): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  return typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : null
}

/** `true`, `True`, `"TRUE"`; and numbers as texts, of which those above zero are true. */
function asTruth(value: SettingValue): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  const letters = value.replaceAll(/[^\p{L}]/gu, '').toLowerCase()
  if (letters === 'true' || letters === 'false') return letters === 'true'
  return /^\s*-?\d+\s*$/.test(value) ? Number(value) > 0 : null
}
