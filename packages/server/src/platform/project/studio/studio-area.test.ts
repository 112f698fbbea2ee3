import Fastify from 'fastify'
import { expect, test } from 'vitest'

import { platformDoor } from '../../platform-door.ts'
import { studioArea, type StudioPort } from './studio-area.ts'

async function ask(studio: StudioPort | null) {
  const asked: object[] = []
  const server = Fastify()
  await server.register(platformDoor([studioArea({ studio, requireSecretKey: (shown) => void asked.push(shown) })]))
  const { statusCode, body } = await server.inject({ method: 'POST', url: '/studio/links', headers: { apikey: 'key' } })
  return { asked, status: statusCode, body: JSON.parse(body) }
}

test('a link is made for whoever shows the secret key', async () => {
  const link = { url: 'http://localhost:54323/sign-in?code=c', expiresAt: 1 }
  expect(await ask({ createLink: () => link })).toEqual({
    asked: [{ authorization: undefined, apikey: 'key' }],
    status: 200,
    body: link,
  })
})

test('a project without Studio is told how to have it', async () => {
  expect(await ask(null)).toMatchObject({
    body: { code: 'platform.studio-disabled', hint: expect.stringContaining('[studio] enabled = true') },
  })
})
