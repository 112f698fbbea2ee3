// OPTIONS: what may be done here, from the catalog alone; privileges play no part.

import type { Catalog, Relation } from '../../catalog/catalog.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { chooseRoutine } from './call/choose-routine.ts'
import { knownRelation } from './known-relation.ts'
import type { OptionsPlan } from './plan.ts'

/** Refuses `catalog.relation-unknown`, and `catalog.routine-unknown` for a function that needs arguments. */
export function planOptions({ target, schema }: ApiRequest, catalog: Catalog): OptionsPlan {
  switch (target.kind) {
    case 'root':
      return { kind: 'options', allow: ['OPTIONS', 'GET', 'HEAD'] }
    case 'routine': {
      const name = { schema, name: target.name }
      const routine = chooseRoutine(catalog, { name, argumentNames: [], wholeBody: null })
      const allow = routine.volatility === 'volatile' ? ['OPTIONS', 'POST'] : ['OPTIONS', 'GET', 'HEAD', 'POST']
      return { kind: 'options', allow }
    }
    case 'relation':
      return { kind: 'options', allow: relationMethods(knownRelation(catalog, { schema, name: target.name })) }
  }
}

function relationMethods({ insertable, updatable, deletable, primaryKey }: Relation): readonly string[] {
  const put = insertable && updatable && primaryKey.length > 0
  return [
    'OPTIONS',
    'GET',
    'HEAD',
    ...(insertable ? ['POST'] : []),
    ...(put ? ['PUT'] : []),
    ...(updatable ? ['PATCH'] : []),
    ...(deletable ? ['DELETE'] : []),
  ]
}
