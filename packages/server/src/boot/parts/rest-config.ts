// The REST door's configuration on the platform's port: PostgREST's dialect as hosted projects are set up,
// with explanations in development and no UPDATE or DELETE of whole tables.

import type { RestConfig } from '../../rest/config.ts'
import type { RequestLimits } from '../../rest/request/request-config.ts'
import type { LimitsConfig, ProjectConfig } from '../config/project-config.ts'

/** `publicUrl` is where clients reach the API. */
export function restConfig({ api }: ProjectConfig, publicUrl: string): RestConfig {
  return {
    schemas: api.schemas,
    extraSearchPath: api.extraSearchPath,
    root: { kind: 'describe' },
    transactionOverride: true,
    limits: requestLimits(api.limits),
    maxRows: api.maxRows,
    aggregatesEnabled: api.aggregatesEnabled,
    planEnabled: api.explain,
    legacyTargetNames: true,
    anonymousRole: 'anon',
    preRequest: null,
    openApi: { followsPrivileges: true, securityActive: true, serverUrl: `${publicUrl}/rest/v1` },
    transactionEnd: 'commit',
    appSettings: [],
    requireFilter: true,
    errorVerbosity: 'verbose',
    explains: api.explain,
    serverTiming: false,
    server: null,
  }
}

function requestLimits({ url, queryBody, jsonDepth, embedDepth, logicDepth, filters }: LimitsConfig): RequestLimits {
  return { urlLength: url, queryBodyLength: queryBody, jsonDepth, embedDepth, logicDepth, filters }
}
