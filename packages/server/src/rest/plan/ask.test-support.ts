// Requests for tests, written as a method and an address, and what the planner makes of them.

import type { Catalog } from '../../catalog/catalog.ts'
import { isRefusal, type RefusalCode } from '../../refusal/refusal.ts'
import type { RestConfig } from '../config.ts'
import { parseRequest } from '../request/parse-request.ts'
import { defaultRequestLimits } from '../request/request-config.ts'
import type { WebRequest } from '../web.ts'
import { planFor } from './plan-for.ts'
import type { Plan } from './plan.ts'

export const testConfig: RestConfig = {
  schemas: ['test'],
  root: { kind: 'describe' },
  transactionOverride: false,
  limits: defaultRequestLimits,
  extraSearchPath: [],
  maxRows: null,
  aggregatesEnabled: true,
  planEnabled: false,
  legacyTargetNames: true,
  anonymousRole: 'anon',
  preRequest: null,
  openApi: { followsPrivileges: true, securityActive: false, serverUrl: 'http://localhost:3000' },
  transactionEnd: 'commit',
  appSettings: [],
  requireFilter: false,
  errorVerbosity: 'verbose',
  explains: false,
  serverTiming: false,
  server: null,
}

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly config?: Partial<RestConfig>
}

/** `GET /films?select=title` as the door sees it. */
export function web(line: string, { headers = {}, body = '' }: Asked = {}): WebRequest {
  const [method = '', address = ''] = line.split(/ (.*)/s)
  const [path = '', query = ''] = address.split(/\?(.*)/s)
  return { method, path, query, headers, body: () => Promise.resolve(Buffer.from(body)) }
}

/** The plan of a request. */
export async function plan(catalog: Catalog, line: string, asked: Asked = {}): Promise<Plan> {
  const config = { ...testConfig, ...asked.config }
  return planFor(await parseRequest(web(line, asked), config), catalog, config)
}

/** The code and detail of the refusal that planning ends in. */
export async function refusal(
  catalog: Catalog,
  line: string,
  asked: Asked = {},
): Promise<{ readonly code: RefusalCode; readonly detail: unknown } | null> {
  try {
    await plan(catalog, line, asked)
    return null
  } catch (thrown) {
    if (isRefusal(thrown)) return { code: thrown.code, detail: thrown.detail }
    throw thrown
  }
}
