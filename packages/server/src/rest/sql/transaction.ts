// A compiled plan to the transaction it runs in: the caller's role and claims, the request as SQL may read
// it, then the statements. The order of settings is PostgREST's: a role's own settings come before the role.

import type { Catalog, Routine } from '../../catalog/catalog.ts'
import { identifier, type Sql, sql } from '../../database/sql.ts'
import type { Setting, Statement, Transaction } from '../../database/statement.ts'
import type { Identity } from '../../identity/identity.ts'
import type { RestConfig } from '../config.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { fullName } from './names.ts'

export interface TransactionContext {
  readonly request: ApiRequest
  readonly identity: Identity
  readonly catalog: Catalog
  readonly config: RestConfig
}

interface Work {
  readonly statements: readonly Statement[]
  readonly readOnly: boolean
  /** The function called, whose settings and isolation hold for the whole transaction. */
  readonly routine: Routine | null
}

/** The transaction; with a pre-request function, its statement stands first. */
export function transactionFor(work: Work, context: TransactionContext): Transaction {
  const { request, identity, catalog, config } = context
  const roleSettings = catalog.roleSettings.get(identity.role)
  const isolation = isolationOf(work.routine?.isolation ?? roleSettings?.isolation ?? null)
  const preRequest = config.preRequest === null ? [] : [preRequestOf(config.preRequest)]
  return {
    kind: 'transaction',
    role: identity.role,
    settingsBeforeRole: [['search_path', searchPath(request.schema, config)], ...(roleSettings?.settings ?? [])],
    settings: settingsOf(work, context),
    readOnly: work.readOnly,
    ...(isolation === null ? {} : { isolation }),
    statements: [...preRequest, ...work.statements],
    end: endOf(request, config),
  }
}

function settingsOf({ routine }: Work, { request, identity, config }: TransactionContext): readonly Setting[] {
  const timezone: readonly Setting[] =
    request.preferences.timezone === null ? [] : [['timezone', request.preferences.timezone]]
  return [
    ['request.jwt.claims', identity.claimsJson],
    ['request.method', request.method],
    ['request.path', request.rawPath],
    ['request.headers', JSON.stringify(request.headers)],
    ['request.cookies', JSON.stringify(request.cookies)],
    ...timezone,
    ...(routine?.settings ?? []),
    ...config.appSettings,
  ]
}

function searchPath(schema: string, { extraSearchPath }: RestConfig): string {
  return [schema, ...extraSearchPath].map(identifier).join(', ')
}

function isolationOf(level: string | null): 'repeatable read' | 'serializable' | null {
  const name = level?.toLowerCase()
  return name === 'repeatable read' || name === 'serializable' ? name : null
}

function preRequestOf(name: { readonly schema: string; readonly name: string }): Statement {
  const text: Sql = sql`SELECT ${fullName(name)}()`
  return { kind: 'statement', text, values: [] }
}

/** Where the client may not choose, the request stage has dropped its wish. */
function endOf({ preferences }: ApiRequest, { transactionEnd }: RestConfig): 'commit' | 'rollback' {
  return preferences.transaction ?? transactionEnd
}
