// The HTTP server: one Fastify for all instances. Knows which door stands at which path, and nothing of
// what happens behind it.

import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'

import { mountBackendApi } from '../backend-api/backend-api.ts'
import { mountFrontendApi } from '../frontend-api/frontend-api.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance.ts'
import { logAnswers } from './access-log.ts'
import { nestingOf } from './json-nesting.ts'
import { sendFailure } from './send-failure.ts'

export interface AppOptions {
  readonly instances: ReadonlyMap<string, Instance>
  readonly logger?: FastifyBaseLogger | undefined
}

const largestBody = 1_048_576
const deepestBody = 100

/** The path an instance's Frontend API stands at. */
export function instancePath(name: string): string {
  return name === 'default' ? '' : `/instances/${name}`
}

/** Builds the server; does not listen. */
export function buildApp({ instances, logger }: AppOptions): FastifyInstance {
  const app = Fastify({
    bodyLimit: largestBody,
    routerOptions: { ignoreTrailingSlash: true },
    logController: new LogController({ disableRequestLogging: true }),
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
  })
  logAnswers(app)
  readEmptyBodies(app)
  app.setErrorHandler(sendFailure)
  app.setNotFoundHandler((request) => {
    const [path = request.url] = request.url.split('?')
    throw new ClerkRefusal('endpoint_not_built', { method: request.method, path })
  })
  mountBackendApi(app, '/backend', instances)
  for (const [name, instance] of instances) mountFrontendApi(app, instancePath(name), instance)
  return app
}

/** The SDK announces JSON on requests without a body, which Fastify's own parser refuses. */
function readEmptyBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else if (nestingOf(body) > deepestBody) done(new ClerkRefusal('request_body_invalid', {}))
    else void parseJson(request, body, done)
  })
}
