// The answer to `/`: the OpenAPI description of what the caller may use in a schema.

import type { Catalog, Relation, Routine } from '../../catalog/catalog.ts'
import type { Database, Rows } from '../../database/statement.ts'
import type { Identity } from '../../identity/identity.ts'
import type { RestConfig } from '../config.ts'
import type { DescribePlan } from '../plan/plan.ts'
import type { ApiRequest } from '../request/api-request.ts'
import { contentHeaders } from '../response/respond.ts'
import { accessibleRelationsStatement, accessibleRoutinesStatement, schemaCommentStatement } from '../sql/accessible.ts'
import { transactionFor } from '../sql/transaction.ts'
import type { WebResponse } from '../web.ts'
import { type Described, openApiDocument } from './open-api-document.ts'
import { openApi31Document } from './version-3/document.ts'

interface Asked {
  readonly request: ApiRequest
  readonly identity: Identity
  readonly catalog: Catalog
}

interface DescribeDeps {
  readonly database: Database
  readonly config: RestConfig
}

/** Refuses what Postgres refuses (`postgres.*`). */
export async function describe(asked: Asked, plan: DescribePlan, deps: DescribeDeps): Promise<WebResponse> {
  const { request, catalog } = asked
  const { config } = deps
  const [comment, relationRows, routineRows] = await privileges(asked, plan.schema, deps)
  const relations = [...(catalog.relations.get(plan.schema)?.values() ?? [])]
  const routines = [...(catalog.routines.get(plan.schema)?.values() ?? [])].flat()
  const described: Described = {
    relations: relationRows === undefined ? relations : accessibleRelations(relations, relationRows),
    routines: routineRows === undefined ? routines : accessibleRoutines(routines, routineRows),
    relationships: catalog.relationships.get(plan.schema) ?? new Map(),
    schemaComment: comment?.rows[0]?.[0] ?? null,
    searchPath: [plan.schema, ...config.extraSearchPath],
    config,
  }
  const document = plan.version === '3.1' ? openApi31Document(described) : openApiDocument(described)
  const headers = contentHeaders(plan.mediaType, request)
  if (plan.headersOnly) return { status: 200, headers, body: '', withoutLength: true }
  return { status: 200, headers, body: JSON.stringify(document) }
}

/** The schema's comment and, where only what is allowed is shown, what is allowed. */
async function privileges(asked: Asked, schema: string, { database, config }: DescribeDeps): Promise<readonly Rows[]> {
  const allowed = [accessibleRelationsStatement(schema), accessibleRoutinesStatement(schema)]
  const statements = [schemaCommentStatement(schema), ...(config.openApi.followsPrivileges ? allowed : [])]
  const transaction = transactionFor({ statements, readOnly: true, routine: null }, { ...asked, config })
  const results = await database.run(transaction)
  return config.preRequest === null ? results : results.slice(1)
}

function accessibleRelations(relations: readonly Relation[], { rows }: Rows): readonly Relation[] {
  const names = new Set(rows.map(([name]) => name))
  return relations.filter(({ name }) => names.has(name))
}

function accessibleRoutines(routines: readonly Routine[], { rows }: Rows): readonly Routine[] {
  const known = new Set(
    rows.map(([name, parameters]) => callShape(name ?? '', JSON.parse(parameters ?? '[]') as string[])),
  )
  return routines.filter(({ name, parameters }) =>
    known.has(
      callShape(
        name,
        parameters.map((parameter) => parameter.name),
      ),
    ),
  )
}

function callShape(name: string, parameters: readonly string[]): string {
  return JSON.stringify([name, ...parameters])
}
