// Resumable uploads (tus 1.0.0) at `/upload/resumable`, and at `/upload/resumable/sign` for whoever was given a token.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'

import { hintHeader, refusalHeaders } from '../../refusal/storage/refusal-headers.ts'
import { callerOf } from '../door/caller-of.ts'
import type { StorageArea, StorageDeps } from '../door/storage-deps.ts'
import { type Asked, type Shown } from './protocol/asked.ts'
import { createTusServer, type TusServer } from './protocol/create-tus-server.ts'
import { hintInTus } from './protocol/saying/hint-in-tus.ts'
import { resumableUploads } from './rows/resumable-uploads.ts'

const SESSION = '/upload/resumable'
const SIGNED = `${SESSION}/sign`
const METHODS = ['POST', 'HEAD', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']
/** The gateway says these, by the project's own rules. */
const GATEWAYS = new Set([
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-expose-headers',
])

/** `explain` adds to refusals what to change. Refuses without a token or a key in the words of this door, and everything else in those of tus. */
export function resumableArea(explain: boolean): StorageArea {
  return (fastify, deps) => addRoutes(fastify, deps, explain)
}

function addRoutes(fastify: FastifyInstance, deps: StorageDeps, explain: boolean): void {
  const { prefix } = fastify
  const paths = { session: `${prefix}${SESSION}`, signed: `${prefix}${SIGNED}` }
  const server = createTusServer({ ...deps, rows: resumableUploads(deps.database) }, paths)
  const sessionOf = async (request: FastifyRequest): Promise<Shown> => ({
    kind: 'caller',
    caller: await callerOf(request, deps.identify),
  })
  const explained = {
    handle: async (request: Request, asked: Asked) =>
      explain ? await explainedAnswer(await server.handle(request, asked), asked) : await server.handle(request, asked),
  }
  serve(fastify, SESSION, explained, sessionOf)
  serve(fastify, SIGNED, explained, async ({ headers }) => {
    const token = headers['x-signature']
    return { kind: 'signed', token: typeof token === 'string' && token !== '' ? token : null }
  })
}

/** Bodies of tus are one line of text, and stay that. */
async function explainedAnswer(response: Response, asked: Asked): Promise<Response> {
  if (response.status < 400) return response
  for (const [name, value] of Object.entries(await explanation(response, asked))) response.headers.set(name, value)
  return response
}

async function explanation(response: Response, { refused, limit }: Asked): Promise<Readonly<Record<string, string>>> {
  if (refused !== null) return refusalHeaders(refused, true)
  const fix = hintInTus(await response.clone().text(), limit)
  return fix === null ? {} : hintHeader({ fix })
}

type Shows = (request: FastifyRequest) => Promise<Shown>

function serve(fastify: FastifyInstance, path: string, server: TusServer, shows: Shows): void {
  for (const url of [path, `${path}/*`]) {
    fastify.route({
      method: METHODS,
      url,
      async handler(request, reply) {
        // Whoever asks what is spoken here need show nothing.
        const shown: Shown = request.method === 'OPTIONS' ? { kind: 'signed', token: null } : await shows(request)
        const asked: Asked = {
          shown,
          claims: null,
          ...factsOf(request),
          upload: null,
          limit: null,
          refused: null,
          fault: null,
        }
        return await answer(request, reply, await server.handle(webRequest(request), asked))
      },
    })
  }
}

function factsOf({ headers, protocol }: FastifyRequest): Pick<Asked, 'headers' | 'proto'> {
  return { headers, proto: protocol }
}

/** Its body is begun to be read only where somebody reads it. */
function webRequest(request: FastifyRequest): Request {
  const { headers, body } = request
  const named = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  )
  const method = methodOf(request)
  const url = `http://localhost${request.url.split('?', 1)[0] ?? ''}`
  if (!(body instanceof Readable) || method === 'HEAD') return new Request(url, { method, headers: named })
  return new Request(url, {
    method,
    headers: named,
    body: ReadableStream.from(body.iterator({ destroyOnReturn: false })),
    duplex: 'half',
  })
}

/** For clients that can only POST, as tus has it. */
function methodOf({ method, headers }: FastifyRequest): string {
  const meant = headers['x-http-method-override']
  return method === 'POST' && typeof meant === 'string' && METHODS.includes(meant) ? meant : method
}

/** What is left of the body runs dry. */
async function answer(request: FastifyRequest, reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (!GATEWAYS.has(name)) reply.header(name, value)
  reply.code(response.status)
  const text = await response.text()
  if (request.body instanceof Readable) request.body.destroy()
  return await (text === '' ? reply.send() : reply.send(text))
}
