// What an operator decides about the REST door, as plain data. Reading it from a project file or from
// the environment is boot's business.

import type { RelationName } from '../catalog/catalog.ts'
import type { Setting } from '../database/statement.ts'
import type { RequestConfig } from './request/request-config.ts'

/** How the door answers; one value for the life of a configuration. Every stage takes what it needs of it. */
export interface RestConfig extends RequestConfig {
  /** Schemas behind the request's own on `search_path`. */
  readonly extraSearchPath: readonly string[]
  /** Most rows a read, an embed or a set-returning function gives; null for no bound. */
  readonly maxRows: number | null
  readonly aggregatesEnabled: boolean
  /** `application/vnd.pgrst.plan` shows the execution plan. */
  readonly planEnabled: boolean
  /** Filters may name an aliased embed by its relation. */
  readonly legacyTargetNames: boolean
  /** The role of callers without credentials; a refused permission is a 401 for it. */
  readonly anonymousRole: string | null
  /** Function without arguments that runs before every request; `schema` empty means by search path. */
  readonly preRequest: RelationName | null
  readonly openApi: {
    /** Describe only what the caller's role may use. */
    readonly followsPrivileges: boolean
    readonly securityActive: boolean
    /** Where clients reach the door, as a URL. */
    readonly serverUrl: string
  }
  /** `rollback` undoes every request, unless the client may choose and does. */
  readonly transactionEnd: 'commit' | 'rollback'
  /** Transaction-local settings of every request (`app.settings.*`). */
  readonly appSettings: readonly Setting[]
  /** Refuse UPDATE and DELETE that name no rows. */
  readonly requireFilter: boolean
  readonly errorVerbosity: 'verbose' | 'minimal'
  /** Say the fix in an empty hint, and our own refusal's code in `x-tenon-refusal`. */
  readonly explains: boolean
  /** Send `Server-Timing`. */
  readonly serverTiming: boolean
  /** Product name and version of the `Server` and `Warning` headers; null sends neither product nor header. */
  readonly server: { readonly product: string; readonly version: string } | null
}
