// The form of a function, and what is wrong with it before the server is asked.

import type { DatabaseFunction } from '../function.ts'

export interface ArgumentRow {
  readonly key: number
  readonly name: string
  readonly type: string
  readonly default: string
}

export interface SettingRow {
  readonly key: number
  readonly name: string
  readonly value: string
}

export interface FunctionForm {
  readonly name: string
  readonly schema: string
  readonly returns: string
  readonly arguments: readonly ArgumentRow[]
  readonly definition: string
  readonly language: string
  readonly behaviour: DatabaseFunction['behaviour']
  readonly security: DatabaseFunction['security']
  readonly configuration: readonly SettingRow[]
}

/** Messages by field; rows by their key. */
export interface FunctionProblems {
  readonly name?: string
  readonly definition?: string
  readonly rows: Readonly<Record<number, string>>
}

/** Postgres' own defaults, as the form begins. */
export function emptyForm(schema: string): FunctionForm {
  return {
    name: '',
    schema,
    returns: 'void',
    arguments: [],
    definition: '',
    language: 'plpgsql',
    behaviour: 'volatile',
    security: 'invoker',
    configuration: [],
  }
}

export function formOf(present: DatabaseFunction): FunctionForm {
  return {
    name: present.name,
    schema: present.schema,
    returns: present.returns ?? '',
    arguments: present.arguments
      .filter(({ mode }) => mode !== 'table')
      .map(({ name, type, default: preset }, key) => ({ key, name, type, default: preset ?? '' })),
    definition: present.definition ?? '',
    language: present.language,
    behaviour: present.behaviour,
    security: present.security,
    configuration: present.configuration.map((setting, key) => ({ key, ...setting })),
  }
}

/** Null where the server may be asked. */
export function problemsOf(form: FunctionForm): FunctionProblems | null {
  const rows: Record<number, string> = {}
  for (const { key, type } of form.arguments) if (type === '') rows[key] = 'Choose a type'
  const problems = {
    ...(form.name.trim() === '' && { name: 'Give the function a name' }),
    ...(form.definition.trim() === '' && { definition: 'Write what the function does' }),
    rows,
  }
  return Object.keys(problems).length === 1 && Object.keys(rows).length === 0 ? null : problems
}

/** What `POST /functions` takes. */
export function creationOf(form: FunctionForm): object {
  return {
    ...changeOf(form),
    returns: form.returns,
    arguments: form.arguments.map(({ name, type, default: preset }) => ({
      name: name.trim(),
      type,
      default: preset.trim() === '' ? null : preset,
    })),
  }
}

/** What `PATCH /functions/:oid` takes: all but what Postgres never replaces. */
export function changeOf({ name, schema, definition, language, behaviour, security, configuration }: FunctionForm) {
  return {
    name: name.trim(),
    schema,
    definition,
    language,
    behaviour,
    security,
    configuration: configuration
      .filter((setting) => setting.name.trim() !== '')
      .map((setting) => ({ name: setting.name.trim(), value: setting.value })),
  }
}

/** A key that no row has yet. */
export function nextKey(rows: readonly { readonly key: number }[]): number {
  return rows.reduce((last, { key }) => Math.max(last, key), -1) + 1
}
