// What a person fills in about the REST door, read.

import type { RestSettings } from '../queries.ts'

export interface RestTexts {
  readonly schemas: readonly string[]
  readonly extraSearchPath: readonly string[]
  /** Empty for no limit. */
  readonly maxRows: string
}

export function restTexts({ schemas, extraSearchPath, maxRows }: RestSettings): RestTexts {
  return { schemas, extraSearchPath, maxRows: maxRows === null ? '' : `${maxRows}` }
}

export interface RestProblems {
  readonly schemas?: string
  readonly maxRows?: string
}

/** Nothing where all is well. */
export function restProblems({ schemas, maxRows }: RestTexts): RestProblems {
  const text = maxRows.trim()
  return {
    ...(schemas.length === 0 && { schemas: 'At least one schema must be exposed.' }),
    ...(text !== '' &&
      !/^[1-9]\d{0,14}$/.test(text) && { maxRows: 'A whole number from 1 on, or nothing for no limit.' }),
  }
}

/** What differs from the present settings; null where nothing does. */
export function restChanges(texts: RestTexts, present: RestSettings): Partial<RestSettings> | null {
  const wanted: RestSettings = { ...texts, maxRows: texts.maxRows.trim() === '' ? null : Number(texts.maxRows) }
  const changes = (Object.keys(present) as (keyof RestSettings)[])
    .filter((key) => key in wanted && JSON.stringify(wanted[key]) !== JSON.stringify(present[key]))
    .map((key) => [key, wanted[key]])
  return changes.length === 0 ? null : (Object.fromEntries(changes) as Partial<RestSettings>)
}
