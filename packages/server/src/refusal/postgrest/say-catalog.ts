// The PGRST2xx family, and PGRST002: what the schema does not have, or has twice.

import type { CatalogRefusals, RelationshipCandidate } from '../vocabulary/catalog.ts'
import type { Said, Sayings } from './said.ts'

export const catalogSayings: Sayings<keyof CatalogRefusals> = {
  'catalog.not-loaded': ({ retryAfter }) => ({
    status: 503,
    code: 'PGRST002',
    message: 'Could not query the database for the schema cache. Retrying.',
    headers: [['Retry-After', String(retryAfter)]],
  }),
  'catalog.relation-unknown': ({ schema, relation, suggestion }) => ({
    status: 404,
    code: 'PGRST205',
    message: `Could not find the table '${schema}.${relation}' in the schema cache`,
    hint: suggestion === null ? null : `Perhaps you meant the table '${schema}.${suggestion}'`,
  }),
  'catalog.relationship-unknown': ({ schema, origin, target, hint, suggestion }) => ({
    status: 400,
    code: 'PGRST200',
    message: `Could not find a relationship between '${origin}' and '${target}' in the schema cache`,
    details: `Searched for a foreign key relationship between '${origin}' and '${target}${
      hint === null ? '' : `' using the hint '${hint}`
    }' in the schema '${schema}', but no matches were found.`,
    hint: suggestion === null ? null : `Perhaps you meant '${suggestion.meant}' instead of '${suggestion.written}'.`,
  }),
  'catalog.relationship-ambiguous': ({ origin, target, candidates }) => ({
    status: 300,
    code: 'PGRST201',
    message: `Could not embed because more than one relationship was found for '${origin}' and '${target}'`,
    details: candidates.map(describeCandidate),
    hint: `Try changing '${target}' to one of the following: ${candidates.map(nameCandidate).join(', ')}. Find the desired relationship in the 'details' key.`,
  }),
  'catalog.routine-unknown': (detail) => routineUnknown(detail),
  'catalog.routine-ambiguous': ({ candidates }) => ({
    status: 300,
    code: 'PGRST203',
    message: `Could not choose the best candidate function between: ${candidates
      .map(({ schema, name, parameters }) => `${schema}.${name}(${parameters.map(describeParameter).join(', ')})`)
      .join(', ')}`,
    hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
  }),
  'catalog.column-unknown': ({ relation, column }) => ({
    status: 400,
    code: 'PGRST204',
    message: `Could not find the '${column}' column of '${relation}' in the schema cache`,
  }),
}

function describeCandidate(candidate: RelationshipCandidate): Readonly<Record<string, string>> {
  const { origin, target } = candidate
  const embedding = `${origin.name} with ${target.name}`
  if (candidate.kind === 'junction') {
    const { junction, originConstraint, originColumns, targetConstraint, targetColumns } = candidate
    const ways = [`${originConstraint}${list(originColumns, 1)}`, `${targetConstraint}${list(targetColumns, 1)}`]
    return { cardinality: 'many-to-many', embedding, relationship: `${junction.name} using ${ways.join(' and ')}` }
  }
  const { cardinality, constraint, columns } = candidate
  const ends = [`${origin.name}${list(columns, 0)}`, `${target.name}${list(columns, 1)}`]
  return { cardinality, embedding, relationship: `${constraint} using ${ends.join(' and ')}` }
}

function list(columns: readonly (readonly [string, string])[], side: 0 | 1): string {
  return `(${columns.map((pair) => pair[side]).join(', ')})`
}

function nameCandidate(candidate: RelationshipCandidate): string {
  const way = candidate.kind === 'junction' ? candidate.junction.name : candidate.constraint
  return `'${candidate.target.name}!${way}'`
}

function describeParameter({ name, type }: { readonly name: string; readonly type: string }): string {
  return `${name} => ${type}`
}

function routineUnknown(detail: CatalogRefusals['catalog.routine-unknown']): Said {
  const { schema, routine, unnamedParameter, suggestion } = detail
  const name = `${schema}.${routine}`
  const given = [...new Set(detail.arguments)].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const names = given.join(', ')
  const called = given.length === 0 ? ' without parameters' : `(${names})`
  const searched = given.length === 0 ? ' without parameters' : ` with parameter${given.length > 1 ? 's' : ''} ${names}`
  const bodyOnly = unnamedParameter !== null && unnamedParameter !== 'json'
  const alternative = unnamedParameter === 'json' ? ' or with a single unnamed json/jsonb parameter' : ''
  const how = bodyOnly ? ` with a single unnamed ${unnamedParameter} parameter` : `${searched}${alternative}`
  return {
    status: 404,
    code: 'PGRST202',
    message: `Could not find the function ${name}${bodyOnly ? '' : called} in the schema cache`,
    details: `Searched for the function ${name}${how}, but no matches were found in the schema cache.`,
    hint: suggestion === null ? null : `Perhaps you meant to call the function ${schema}.${suggestion}`,
  }
}
