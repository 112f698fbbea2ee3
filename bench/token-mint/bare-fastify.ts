// A contestant: Fastify and nothing else, which signs for each request and looks nothing up.

import Fastify from 'fastify'
import { announcePort, contestantOptions } from '../rest-read/contestant.ts'
import { signed, signingKey } from './signing-input.ts'

const { input } = contestantOptions() as unknown as { readonly input: string }
const key = signingKey()

const app = Fastify()
app.post('/*', async (_request, reply) => {
  const jwt = `${input}.${await signed(input, key)}`
  return reply.header('content-type', 'application/json').send(JSON.stringify({ object: 'token', jwt }))
})
await app.ready()
announcePort(app.server)
