// What of `pg_catalog` is known to depend on its arguments alone: no table, no clock, no setting, no random number.
// Sound, not complete: what is missing here is left to Postgres, row by row.

import { type Sql, sql } from '../../../../database/sql.ts'

/** Types that claims are read as. None whose text depends on a setting. */
export const builtinTypes: ReadonlySet<string> = new Set([
  'bool',
  'int2',
  'int4',
  'int8',
  'json',
  'jsonb',
  'name',
  'numeric',
  'text',
  'uuid',
  'varchar',
])

/** By name, as they are written. */
export const builtinOperators: ReadonlyMap<string, Sql> = new Map<string, Sql>([
  ['=', sql`operator(pg_catalog.=)`],
  ['<>', sql`operator(pg_catalog.<>)`],
  ['<', sql`operator(pg_catalog.<)`],
  ['<=', sql`operator(pg_catalog.<=)`],
  ['>', sql`operator(pg_catalog.>)`],
  ['>=', sql`operator(pg_catalog.>=)`],
  ['->', sql`operator(pg_catalog.->)`],
  ['->>', sql`operator(pg_catalog.->>)`],
  ['#>', sql`operator(pg_catalog.#>)`],
  ['#>>', sql`operator(pg_catalog.#>>)`],
  ['||', sql`operator(pg_catalog.||)`],
  ['@>', sql`operator(pg_catalog.@>)`],
  ['<@', sql`operator(pg_catalog.<@)`],
  ['?', sql`operator(pg_catalog.?)`],
  ['?|', sql`operator(pg_catalog.?|)`],
  ['?&', sql`operator(pg_catalog.?&)`],
  ['~~', sql`operator(pg_catalog.~~)`],
  ['~~*', sql`operator(pg_catalog.~~*)`],
  ['~', sql`operator(pg_catalog.~)`],
  ['+', sql`operator(pg_catalog.+)`],
  ['-', sql`operator(pg_catalog.-)`],
  ['*', sql`operator(pg_catalog.*)`],
])

/** `current_setting` is here for the settings that hold claims; whoever looks it up checks which one is read. */
export const builtinFunctions: ReadonlySet<string> = new Set([
  'array_length',
  'btrim',
  'cardinality',
  'current_setting',
  'json_array_elements_text',
  'json_extract_path_text',
  'jsonb_array_elements_text',
  'jsonb_array_length',
  'jsonb_extract_path_text',
  'jsonb_typeof',
  'left',
  'length',
  'lower',
  'ltrim',
  'md5',
  'regexp_replace',
  'replace',
  'right',
  'rtrim',
  'split_part',
  'starts_with',
  'string_to_array',
  'strpos',
  'substr',
  'substring',
  'unnest',
  'upper',
])

/** Those that return any number of rows. */
export const setFunctions: ReadonlySet<string> = new Set([
  'json_array_elements_text',
  'jsonb_array_elements_text',
  'unnest',
])

/** Besides these, what an expression over columns may call without its value depending on anybody's claims. */
export const claimlessFunctions: ReadonlySet<string> = new Set([
  ...[...builtinFunctions].filter((name) => name !== 'current_setting'),
  'abs',
  'age',
  'array_position',
  'ceil',
  'char_length',
  'clock_timestamp',
  'date_part',
  'date_trunc',
  'extract',
  'floor',
  'like_escape',
  'mod',
  'now',
  'position',
  'round',
  'statement_timestamp',
  'timezone',
  'to_char',
  'transaction_timestamp',
])
