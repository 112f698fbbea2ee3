// The methods of supabase-js' query builder, each with the file that shows it.

import type { Area, Feature } from './render-supported.ts'

type Method = readonly [name: string, state?: Feature['state'], note?: string]

const METHODS: readonly Method[] = [
  ['from'],
  ['select', 'works', 'aggregates where `[api] aggregates_enabled`'],
  ['insert'],
  ['upsert'],
  ['update', 'works', 'without a filter refused with 21000, as with Supabase’s safeupdate'],
  ['delete', 'works', 'without a filter refused with 21000, as with Supabase’s safeupdate'],
  ['rpc'],
  ['schema'],
  ['eq'],
  ['neq'],
  ['gt'],
  ['gte'],
  ['lt'],
  ['lte'],
  ['like'],
  ['likeAllOf'],
  ['likeAnyOf'],
  ['ilike'],
  ['ilikeAllOf'],
  ['ilikeAnyOf'],
  ['regexMatch'],
  ['regexIMatch'],
  ['is'],
  ['isDistinct'],
  ['in'],
  ['notIn'],
  ['contains'],
  ['containedBy'],
  ['rangeGt'],
  ['rangeGte'],
  ['rangeLt'],
  ['rangeLte'],
  ['rangeAdjacent'],
  ['overlaps'],
  ['textSearch'],
  ['match'],
  ['not'],
  ['or'],
  ['filter'],
  ['order'],
  ['limit'],
  ['range'],
  ['single'],
  ['maybeSingle'],
  ['csv'],
  ['geojson', 'partly', 'needs PostGIS, which the embedded Postgres has not; 406 without it'],
  ['explain', 'works', 'where `[api] explain`'],
  ['rollback'],
  ['maxAffected'],
  ['stripNulls'],
  ['setHeader'],
  ['abortSignal'],
  ['throwOnError'],
  ['retry'],
  ['returns'],
  ['overrideTypes'],
  ['getOpenApiSpec'],
]

/** One line for each method, and one for the options of a client. */
export const QUERY_BUILDER: Area = {
  title: 'REST: supabase-js, method by method',
  features: [
    {
      name: 'Options of `createClient`: schema, headers, fetch, `accessToken`, timeout, retry',
      state: 'works',
      proof: 'conformance/supabase-js/client-options.test.ts',
    },
    ...METHODS.map(([name, state = 'works', note]) => ({
      name: `\`${name}\``,
      state,
      ...(note !== undefined && { note }),
      proof: `conformance/supabase-js/${fileName(name)}.test.ts`,
    })),
  ],
}

function fileName(method: string): string {
  return method.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
}
