// The HTTP server: one Fastify for all instances. Knows which door stands at which path, and nothing of
// what happens behind it.

import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'

import { mountBackendApi } from '../backend-api/backend-api.ts'
import { mountFrontendApi } from '../frontend-api/frontend-api.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import { logAnswers } from './access-log.ts'
import { readBodies } from './read-bodies.ts'
import { sendFailure } from './send-failure.ts'

export interface AppOptions {
  readonly instances: ReadonlyMap<string, Instance>
  readonly logger?: FastifyBaseLogger | undefined
}

const largestBody = 1_048_576

/** The path an instance's Frontend API stands at. */
export function instancePath(name: string): string {
  return name === 'default' ? '' : `/instances/${name}`
}

/** Builds the server; does not listen. */
export function buildApp({ instances, logger }: AppOptions): FastifyInstance {
  const app = Fastify({
    rewriteUrl: readMethodOverride,
    bodyLimit: largestBody,
    routerOptions: { ignoreTrailingSlash: true },
    logController: new LogController({ disableRequestLogging: true }),
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
  })
  logAnswers(app)
  readBodies(app)
  app.setErrorHandler(sendFailure)
  app.setNotFoundHandler((request) => {
    const [path = request.url] = request.url.split('?')
    throw new ClerkRefusal('endpoint_not_built', { method: request.method, path })
  })
  mountBackendApi(app, '/backend', instances)
  for (const [name, instance] of instances) mountFrontendApi(app, instancePath(name), instance)
  return app
}

/** Browsers send PATCH, PUT and DELETE as POST with `_method`, so that no preflight comes before them. */
function readMethodOverride(request: { method?: string | undefined; url?: string | undefined }): string {
  const url = request.url ?? '/'
  const named = request.method === 'POST' ? /[?&]_method=(PATCH|PUT|DELETE)(?:&|$)/i.exec(url) : null
  if (named?.[1] !== undefined && !url.startsWith('/backend/')) request.method = named[1].toUpperCase()
  return url
}
