// Whether the tables of Storage can be read.

import { sql } from '../../../database/sql.ts'
import type { Statement } from '../../../database/statement.ts'

/** Fails where they cannot; whether there is a bucket says nothing. */
export const anyBucket: Statement = { kind: 'statement', text: sql`select id from storage.buckets limit 1`, values: [] }
