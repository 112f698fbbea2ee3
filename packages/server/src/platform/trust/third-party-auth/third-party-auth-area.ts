// Which third parties may sign tokens for this project, as Studio's Third-Party Auth shows and changes them.

import { z } from 'zod'

import type { PlatformArea } from '../../platform-door.ts'
import { readBody, readPath } from '../../request/read-input.ts'
import { entryChanges, newEntry } from './entries/entry.ts'
import { createIntegrations, type ThirdPartyAuthDeps } from './integrations.ts'

const byId = z.object({ id: z.string().min(1).max(300) })

/** `GET|POST /third-party-auth`, `PATCH|DELETE /third-party-auth/:id`, `POST /third-party-auth/:id/check`. */
export function thirdPartyAuthArea(deps: ThirdPartyAuthDeps): PlatformArea {
  const integrations = createIntegrations(deps)
  const { file } = deps.config
  return async (fastify) => {
    fastify.get('/third-party-auth', async () => ({ ...(await integrations.list()), file }))
    fastify.post('/third-party-auth', async (request, reply) => {
      const integration = await integrations.add(readBody(newEntry, request.body))
      return await reply.code(201).send({ integration, file })
    })
    fastify.patch('/third-party-auth/:id', async (request) => {
      const { id } = readPath(byId, request.params)
      return { integration: await integrations.change(id, readBody(entryChanges, request.body)), file }
    })
    fastify.delete('/third-party-auth/:id', async (request) => {
      const { id } = readPath(byId, request.params)
      return { removed: id, stillTrusted: await integrations.remove(id), file }
    })
    fastify.post('/third-party-auth/:id/check', async (request) => {
      return { integration: await integrations.check(readPath(byId, request.params).id) }
    })
  }
}
