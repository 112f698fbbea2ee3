// Configuration kept in the database: settings `pgrst.*` of the login role, and what a function sets. They win over
// the environment (https://docs.postgrest.org/en/stable/references/configuration.html#in-database-configuration).

import type { RelationName } from '../../../catalog/catalog.ts'
import type { Database } from '../../../database/statement.ts'
import { databaseSettingsStatement } from './sql/database-settings.ts'

/** What may be configured in the database; the rest is needed to get there. */
const parameters = [
  'client_error_verbosity',
  'db_aggregates_enabled',
  'db_anon_role',
  'db_extra_search_path',
  'db_hoisted_tx_settings',
  'db_max_rows',
  'db_plan_enabled',
  'db_pre_config',
  'db_pre_request',
  'db_prepared_statements',
  'db_root_spec',
  'db_schemas',
  'db_tx_end',
  'jwt_aud',
  'jwt_cache_max_entries',
  'jwt_role_claim_key',
  'jwt_secret',
  'jwt_secret_is_base64',
  'openapi_mode',
  'openapi_security_active',
  'openapi_server_proxy_uri',
  'server_cors_allowed_origins',
  'server_timing_enabled',
  'server_trace_header',
  'url_use_legacy_target_names',
]

const prefix = 'pgrst.'

/** The settings by parameter (`db_schemas`). Refuses with `postgres.*`. */
export async function readDatabaseSettings(
  run: Database['run'],
  role: string,
  preConfig: RelationName | null,
): Promise<ReadonlyMap<string, string>> {
  const names = parameters.map((parameter) => `${prefix}${parameter}`)
  const [found] = await run({
    kind: 'transaction',
    role,
    settings: [],
    readOnly: true,
    statements: [databaseSettingsStatement(names, preConfig)],
    end: 'commit',
  })
  const rows = found?.rows ?? []
  return new Map(rows.map(([name, value]) => [(name ?? '').slice(prefix.length), value ?? '']))
}
