// CORS for the Frontend API: the page's origin is echoed, because credentials travel; whether it is welcome is decided
// when the request itself is answered.

import type { FastifyInstance } from 'fastify'

const methods = 'GET, POST, PUT, PATCH, DELETE, OPTIONS'

/** Adds the headers to every answer under `prefix` and answers preflights. */
export function allowCrossOrigin(app: FastifyInstance, prefix: string): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (origin === undefined || !request.url.startsWith(`${prefix}/v1/`)) return
    reply
      .header('access-control-allow-origin', origin)
      .header('access-control-allow-credentials', 'true')
      .header('access-control-expose-headers', 'Clerk-Db-Jwt, Retry-After')
      .header('vary', 'Origin')
  })
  app.options(`${prefix}/v1/*`, (request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', methods)
      .header('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*')
      .header('access-control-max-age', '7200')
      .send(),
  )
}
