// Asks what types are made of, and what those are made of in turn.

import { sql } from '../../../../../database/sql.ts'
import type { Statement } from '../../../../../database/statement.ts'

/** One row for each type that can be reached: oid, kind, the type it is made of, delimiter, attributes as JSON. */
export function typesStatement(oids: readonly number[]): Statement {
  return {
    kind: 'statement',
    text: sql`
      with recursive reached (oid) as (
        select unnest($1::oid[])
        union
        select made_of.oid from reached join pg_type as found using (oid) cross join lateral (
          select found.typelem where found.typelem <> 0
          union all select found.typbasetype where found.typbasetype <> 0
          union all select atttypid from pg_attribute
            where attrelid = found.typrelid and found.typrelid <> 0 and attnum > 0 and not attisdropped
        ) as made_of (oid)
      )
      select found.oid,
        case
          when found.oid in ('int2vector'::regtype, 'oidvector'::regtype) then 'vector'
          when found.typelem <> 0 and found.typlen = -1 and found.typcategory = 'A' then 'array'
          when found.typtype = 'd' then 'domain'
          when found.typtype = 'c' then 'composite'
          when found.typname = 'hstore' and exists (
            select from pg_cast where castsource = found.oid and casttarget = 'json'::regtype
          ) then 'hstore'
          else 'plain'
        end as kind,
        case when found.typtype = 'd' then found.typbasetype else found.typelem end as made_of,
        found.typdelim as delimiter,
        (
          select json_agg(json_build_object('name', attname, 'type', atttypid::int8) order by attnum)
          from pg_attribute where attrelid = found.typrelid and attnum > 0 and not attisdropped
        ) as attributes
      from reached join pg_type as found using (oid)`,
    values: [`{${oids.join(',')}}`],
  }
}
