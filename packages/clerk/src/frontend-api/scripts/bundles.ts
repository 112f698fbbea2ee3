// Clerk's browser scripts, where the SDKs look for them: `/npm/@clerk/<package>@<version>/dist/<file>`. Loaders ask
// for `@6` and then for chunks of the full version; there is one version here, so that segment says nothing.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { FastifyInstance, FastifyReply } from 'fastify'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type Bundle, bundleNames, findBundle } from './bundle-files.ts'

const year = 31_536_000

/** Mounts the scripts under `prefix`. Only files found now are served, by exact name. */
export function mountBundles(app: FastifyInstance, prefix: string): void {
  for (const name of bundleNames) {
    const bundle = findBundle(name)
    app.get<{ Params: { file: string } }>(`${prefix}/npm/@clerk/${name}@:version/dist/:file`, async (request, reply) =>
      sendScript(reply, bundle, request.params.file, request.headers['if-none-match']),
    )
  }
}

async function sendScript(
  reply: FastifyReply,
  bundle: Bundle,
  file: string,
  known: string | undefined,
): Promise<FastifyReply> {
  if (file !== bundle.entry && !bundle.chunks.has(file)) {
    throw new ClerkRefusal('endpoint_not_built', { method: 'GET', path: reply.request.url })
  }
  const script = await readFile(join(bundle.folder, file))
  const tag = `"${createHash('sha256').update(script).digest('base64url')}"`
  reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': bundle.chunks.has(file) ? `public, max-age=${year}, immutable` : 'public, no-cache',
    etag: tag,
  })
  return known === tag ? reply.code(304).send() : reply.type('text/javascript; charset=utf-8').send(script)
}
