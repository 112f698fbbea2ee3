// The product's own stages in this process, on the project's catalog: what they take, and what they make of a request.

import { readCatalog } from '../../packages/server/src/catalog/read-catalog.ts'
import { readProjectConfig } from '../../packages/server/src/boot/config/read-project-config.ts'
import { restConfig } from '../../packages/server/src/boot/parts/rest-config.ts'
import type { Catalog } from '../../packages/server/src/catalog/catalog.ts'
import { openDatabase } from '../../packages/server/src/database/pipeline/open-database.ts'
import type { Setting, Transaction } from '../../packages/server/src/database/statement.ts'
import type { RestConfig } from '../../packages/server/src/rest/config.ts'
import { planFor } from '../../packages/server/src/rest/plan/plan-for.ts'
import type { Plan } from '../../packages/server/src/rest/plan/plan.ts'
import { parseRequest } from '../../packages/server/src/rest/request/parse-request.ts'
import { compile, type RowsPlan } from '../../packages/server/src/rest/sql/compile.ts'
import { envelopeColumns } from '../../packages/server/src/rest/sql/envelope.ts'
import { transactionFor } from '../../packages/server/src/rest/sql/transaction.ts'
import type { WebRequest } from '../../packages/server/src/rest/web.ts'
import type { Project } from '../rest-read/whole-server.ts'
import { OWNER, ROLE } from '../rest-read/workload.ts'
import type { BareStatement } from './bare-statement.ts'
import type { Workload } from './workloads.ts'

export interface Stages {
  readonly catalog: Catalog
  readonly config: RestConfig
}

/** Where the body stands in the row of every statement of the door. */
const BODY_COLUMN = envelopeColumns.indexOf('body')

/** Reads the catalog of the project's running server, and the configuration of its door. */
export async function stagesOf({ folder, databaseUrl, apiPort }: Project): Promise<Stages> {
  const project = readProjectConfig(folder, process.env)
  const database = openDatabase({ url: databaseUrl, size: 1 })
  try {
    const { schemas, extraSearchPath } = project.api
    const scope = { schemas, extraSearchPath, authenticatorRole: 'authenticator', hoistedSettings: [] }
    const catalog = await readCatalog((transaction) => database.run(transaction), scope, 1)
    return { catalog, config: restConfig(project, `http://127.0.0.1:${apiPort}`) }
  } finally {
    await database.close()
  }
}

/** The request as the door's transport gives it. */
export function webRequestOf({ method, path, query, prefer, sent }: Workload, { headers }: Project): WebRequest {
  return {
    method,
    path,
    query,
    headers: {
      host: '127.0.0.1',
      ...headers,
      ...(prefer !== undefined && { prefer }),
      ...(sent !== undefined && { 'content-type': 'application/json', 'content-length': String(sent.length) }),
    },
    body: () => Promise.resolve(Buffer.from(sent ?? '')),
  }
}

/** Exactly what the door sends to Postgres for the request: what a bare handler is to send too. */
export async function bareStatementOf(workload: Workload, project: Project, stages: Stages): Promise<BareStatement> {
  const request = await parseRequest(webRequestOf(workload, project), stages.config)
  const plan = rowsPlan(planFor(request, stages.catalog, stages.config))
  const { main } = compile(plan)
  const readOnly = plan.kind === 'read' || (plan.kind === 'call' && plan.readOnly)
  const routine = plan.kind === 'call' ? plan.routine : null
  const claims = { iss: 'https://bench.example', sub: OWNER, role: ROLE, sid: 'sess_1', v: 2 }
  const identity = {
    kind: 'identity',
    role: ROLE,
    claims,
    claimsJson: JSON.stringify(claims),
    issuer: claims.iss,
    subject: OWNER,
    via: 'token',
    expiresAt: null,
  } as const
  const transaction = transactionFor({ statements: [main], readOnly, routine }, { request, identity, ...stages })
  return {
    settings: settingsOf(transaction),
    text: main.text,
    values: main.values,
    bodyColumn: BODY_COLUMN,
    status: workload.status,
  }
}

/** Refuses nothing of the workloads, all of which ask for rows. */
export function rowsPlan(plan: Plan): RowsPlan {
  if (plan.kind === 'options' || plan.kind === 'describe') throw new TypeError('the request asks for no rows')
  return plan
}

function settingsOf({ role, readOnly, settings, settingsBeforeRole = [] }: Transaction): readonly Setting[] {
  const mode: readonly Setting[] = readOnly ? [['transaction_read_only', 'on']] : []
  return [...settingsBeforeRole, ...mode, ['role', role], ...settings]
}
