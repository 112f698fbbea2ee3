// Extensions of Postgres.

import { z } from 'zod'

import type { PlatformArea } from '../../platform-door.ts'
import { name } from '../../request/names.ts'
import { dropWish } from '../../request/objects.ts'
import { readBody, readPath, readQuery } from '../../request/read-input.ts'
import { disableExtension, enableExtension, type ExtensionsDeps, listExtensions } from './change-extensions.ts'

const path = z.object({ name })
/** Made where it is not there; null where the extension may choose. */
const wish = z.object({ schema: name.nullable().default('extensions') })

/** `GET /extensions`, `POST|DELETE /extensions/:name`. */
export function extensionsArea(deps: ExtensionsDeps): PlatformArea {
  return async (fastify) => {
    fastify.get('/extensions', async () => ({
      extensions: await deps.database.transaction(
        null,
        async (session) => await listExtensions(session, deps.embedded),
      ),
    }))
    fastify.post('/extensions/:name', async ({ params, body }) => {
      const { schema } = readBody(wish, body)
      return await enableExtension(deps, readPath(path, params).name, schema)
    })
    fastify.delete('/extensions/:name', async ({ params, query }) => {
      const { cascade } = readQuery(dropWish, query)
      return await disableExtension(deps, readPath(path, params).name, cascade)
    })
  }
}
