// `/query/snippets`: list, read, save, rename and delete saved queries.

import { z } from 'zod'

import type { PlatformArea } from '../../platform-door.ts'
import { readBody, readPath, readQuery } from '../../request/read-input.ts'
import { SnippetFolder } from './snippet-folder.ts'
import { snippetName } from './snippet-name.ts'

const named = z.object({ name: snippetName })
const version = z.string()
const saved = z.object({ sql: z.string(), version: version.nullable() })
const renamed = z.object({ to: snippetName, version })
const removed = z.object({ version })

/** `folder` is made when the first query is saved. */
export function snippetsArea(folder: string): PlatformArea {
  return async (fastify) => {
    const snippets = new SnippetFolder(folder)
    fastify.get('/query/snippets', async () => ({ snippets: await snippets.list() }))
    fastify.get('/query/snippets/:name', async ({ params }) => await snippets.read(readPath(named, params).name))
    fastify.put('/query/snippets/:name', async ({ params, body }) => {
      const { sql, version: read } = readBody(saved, body)
      return await snippets.save(readPath(named, params).name, sql, read)
    })
    fastify.post('/query/snippets/:name/rename', async ({ params, body }) => {
      const { to, version: read } = readBody(renamed, body)
      return await snippets.rename(readPath(named, params).name, to, read)
    })
    fastify.delete('/query/snippets/:name', async ({ params, query }) => {
      const { name } = readPath(named, params)
      await snippets.remove(name, readQuery(removed, query).version)
      return { removed: name }
    })
  }
}
