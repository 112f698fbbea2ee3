// The server's full name and version.

import { sql } from '../../../../database/sql.ts'
import type { Statement } from '../../../../database/statement.ts'

/** One row of one text: `PostgreSQL 18.4 on x86_64-…`. */
export const serverNameStatement: Statement = { kind: 'statement', text: sql`select version()`, values: [] }
