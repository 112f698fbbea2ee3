// Indexes with how large they are and how often they were used.

import { type Sql, sql } from '../../../../../database/sql.ts'
import { inSchema } from '../../../../database/sql/in-schema.ts'

/** Parameters: the schema or null for all but the system's; the table or null for all. */
export const listIndexes: Sql = sql`
  select n.nspname as schema, t.relname as "table", c.relname as name, m.amname as method,
    i.indisunique as "unique", i.indisprimary as "primary", i.indisvalid as valid,
    exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x')) as constraint,
    (select jsonb_agg(pg_get_indexdef(c.oid, place, true) order by place)
      from generate_series(1, i.indnkeyatts) as place) as columns,
    pg_get_expr(i.indpred, i.indrelid) as "where", pg_get_indexdef(c.oid) as definition,
    pg_relation_size(c.oid)::float8 as bytes, coalesce(s.idx_scan, 0)::float8 as scans
  from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    join pg_am m on m.oid = c.relam
    left join pg_stat_all_indexes s on s.indexrelid = c.oid
  where ${inSchema}
    and ($2::text is null or t.relname = $2)
  order by n.nspname, t.relname, c.relname`
