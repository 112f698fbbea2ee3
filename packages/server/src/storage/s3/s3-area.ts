// The S3 protocol, path style, at `/storage/v1/s3`: who signed, which command it is, and the answer on the wire.

import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'

import { isRefusal, Refusal } from '../../refusal/refusal.ts'
import { refusalHeaders } from '../../refusal/storage/refusal-headers.ts'
import { renderS3 } from '../../refusal/storage/s3/render-s3.ts'
import type { StorageArea, StorageDeps } from '../door/storage-deps.ts'
import type { S3Answer } from './answer.ts'
import { authenticate } from './authenticate.ts'
import { commandOf } from './commands/command-of.ts'
import type { S3Keys } from './credentials/s3-keys.ts'
import { writeErrorXml } from './xml/write-xml.ts'

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE']

/** `explain` adds to refusals what to change. */
export function s3Area(keys: S3Keys, explain: boolean): StorageArea {
  return (door, deps) => {
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
      await send(reply, await answerOf(request, deps, keys))
    door.register(async (fastify) => {
      answerRefusals(fastify, explain)
      fastify.route({ method: METHODS, url: '/s3', handler })
      fastify.route({ method: METHODS, url: '/s3/*', handler })
    })
  }
}

async function answerOf(request: FastifyRequest, deps: StorageDeps, keys: S3Keys): Promise<S3Answer> {
  if (!deps.config.s3Protocol.enabled)
    throw new Refusal('storage.feature-disabled', { feature: 'The S3 protocol', key: '[storage.s3_protocol] enabled' })
  const signed = await authenticate(request, deps, keys)
  return await commandOf(signed)(signed, deps)
}

async function send(reply: FastifyReply, { status, headers, body }: S3Answer): Promise<FastifyReply> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.header(name, value)
  reply.header('x-amz-request-id', reply.request.id)
  return await reply.code(status).send(body ?? undefined)
}

function answerRefusals(fastify: FastifyInstance, explain: boolean): void {
  fastify.setErrorHandler(async (thrown, request, reply) => {
    const said = isRefusal(thrown) ? renderS3(thrown) : null
    if (said === null) throw thrown
    const { status, code, message } = said
    reply.code(status).header('x-amz-request-id', request.id)
    if (isRefusal(thrown)) reply.headers(refusalHeaders(thrown, explain))
    if (request.method === 'HEAD') return await reply.send()
    const content = {
      Code: code,
      Message: message,
      Resource: resourceOf(request),
      RequestId: request.id,
      ...(isRefusal(thrown) && thrown.code === 's3.signature-mismatch' && explain && canonicalOf(thrown.detail)),
      ...(isRefusal(thrown) && explain && thrown.fix !== undefined && { Hint: thrown.fix }),
    }
    return await reply.type('application/xml').send(writeErrorXml(content))
  })
}

/** As AWS shows it to whoever debugs a signer. It holds nothing but what the client sent. */
function canonicalOf({ canonicalRequest }: { readonly canonicalRequest: string | null }): {
  CanonicalRequest?: string
} {
  return canonicalRequest === null ? {} : { CanonicalRequest: canonicalRequest }
}

function resourceOf({ url }: FastifyRequest): string {
  const [path = ''] = url.split('?', 1)
  return path.replace(/^.*?\/s3(?=\/|$)/, '') || '/'
}
