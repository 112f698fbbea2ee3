import { describe, expect, test } from 'vitest'

import type { Catalog, KeyRelationship, Relation, Routine } from '../../../catalog/catalog.ts'
import { buildFuzzyIndex, fuzzyMatches } from './fuzzy-index.ts'
import { suggestRelation } from './suggest-relation.ts'
import { suggestRelationship } from './suggest-relationship.ts'
import { suggestRoutine } from './suggest-routine.ts'

function relation(name: string): Relation {
  return {
    schema: 'api',
    name,
    kind: 'table',
    description: null,
    insertable: true,
    updatable: true,
    deletable: true,
    columns: new Map(),
    primaryKey: [],
    rowSecurity: { enabled: false, forced: false },
    policies: [],
  }
}

function routine(name: string, parameters: readonly string[]): Routine {
  return {
    schema: 'api',
    name,
    description: null,
    parameters: parameters.map((parameter) => ({
      name: parameter,
      type: 'text',
      castType: 'text',
      required: true,
      variadic: false,
    })),
    returns: {
      set: false,
      shape: 'scalar',
      type: { schema: 'pg_catalog', name: 'text' },
      compositeAlias: false,
      columns: [],
    },
    volatility: 'stable',
    variadic: false,
    isolation: null,
    settings: [],
  }
}

function relationship(origin: string, target: string): KeyRelationship {
  return {
    kind: 'key',
    cardinality: 'many-to-one',
    origin: { schema: 'api', name: origin },
    target: { schema: 'api', name: target },
    selfReferencing: false,
    originIsView: false,
    targetIsView: false,
    constraint: 'fk',
    originIsReferenced: false,
    columns: [],
  }
}

function catalogOf(names: readonly string[]): Catalog {
  return {
    kind: 'catalog',
    version: 1,
    serverVersion: 180_004,
    makesGeoJson: false,
    relations: new Map([['api', new Map(names.map((name) => [name, relation(name)]))]]),
    routines: new Map([
      [
        'api',
        new Map([
          ['test', [routine('test', ['val', 'param', 'name']), routine('test', ['id', 'attr'])]],
          ['another', [routine('another', [])]],
        ]),
      ],
      ['private', new Map([['other', [routine('other', [])]]])],
    ]),
    relationships: new Map([
      [
        'api',
        new Map([
          ['films', ['directors', 'roles', 'actors'].map((target) => relationship('films', target))],
          ['filmed', []],
        ]),
      ],
    ]),
    representations: [],
    mediaHandlers: [],
    roleSettings: new Map(),
  }
}

const catalog = catalogOf(['films', 'directors', 'Special Orders'])

describe('similar names', () => {
  test('are found whatever their case', () => {
    expect(fuzzyMatches(buildFuzzyIndex(['Projects']), 'projects', 0.75)).toEqual([{ score: 1, word: 'Projects' }])
  })

  test('are scored by the letters that differ', () => {
    expect(fuzzyMatches(buildFuzzyIndex(['projects']), 'project', 0.33)).toEqual([
      { score: 1 - 1 / 8, word: 'projects' },
    ])
  })

  test('come with the best first', () => {
    const words = fuzzyMatches(buildFuzzyIndex(['item', 'projects', 'items2']), 'items', 0.33).map(({ word }) => word)
    expect(words).toEqual(['items2', 'item'])
  })

  test('are found by pairs of letters where no three stand together', () => {
    expect(fuzzyMatches(buildFuzzyIndex(['abxcd']), 'abycd', 0.33)).toHaveLength(1)
    expect(fuzzyMatches(buildFuzzyIndex(['ab']), 'ax', 0.33)).toEqual([{ score: 0.5, word: 'ab' }])
  })

  test('are none for a text of signs only', () => {
    expect(fuzzyMatches(buildFuzzyIndex(['films']), '%%%', 0.33)).toEqual([])
  })
})

describe('a relation nobody has', () => {
  test.each([
    ['film', 'films'],
    ['director', 'directors'],
    ['specialorders', 'Special Orders'],
    ['fi', null],
    ['tables', null],
  ])('%s suggests %s', (name, suggestion) => {
    expect(suggestRelation(catalog, { schema: 'api', name })).toBe(suggestion)
  })

  test('suggests nothing in a schema of five hundred', () => {
    const names = Array.from({ length: 500 }, (_, number) => `films${number}`)
    expect(suggestRelation(catalogOf(names), { schema: 'api', name: 'films' })).toBeNull()
    expect(suggestRelation(catalogOf(names.slice(1)), { schema: 'api', name: 'films' })).not.toBeNull()
  })
})

describe('a function nobody has', () => {
  test.each([
    ['testt', ['val', 'param', 'name'], 'test'],
    ['other', [], null],
    ['noclosealternative', [], null],
    ['test', ['vall', 'pqaram', 'nam'], 'test(name, param, val)'],
    ['test', ['val', 'param'], 'test(name, param, val)'],
    ['test', ['id', 'attrs'], 'test(attr, id)'],
    ['test', ['id'], 'test(attr, id)'],
    ['test', ['noclosealternative'], null],
  ])('%s(%s) suggests %s', (name, parameters, suggestion) => {
    expect(suggestRoutine(catalog, { schema: 'api', name }, parameters)).toBe(suggestion)
  })
})

describe('a relationship nobody has', () => {
  test.each([
    ['film', 'directors', { written: 'film', meant: 'films' }],
    ['films', 'role', { written: 'role', meant: 'roles' }],
    ['films', 'actors', null],
    ['filmed', 'actors', null],
    ['noclosealternative', 'roles', null],
    ['films', 'noclosealternative', null],
  ])('%s and %s suggest %o', (origin, target, suggestion) => {
    expect(suggestRelationship(catalog, 'api', origin, target)).toEqual(suggestion)
  })
})
