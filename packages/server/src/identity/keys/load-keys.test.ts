import { expect, test } from 'vitest'

import { loadKeys } from './load-keys.ts'

test.each(['http://127.0.0.1:54322/', 'https://localhost/keys', 'http://[::1]:9200/_all'])(
  'the document of an issuer elsewhere makes nobody ask %s',
  async (inside) => {
    const asked: string[] = []
    const document = { issuer: 'https://issuer.example', jwks_uri: inside }
    const fetch = async (url: string): Promise<Response> => {
      asked.push(url)
      return Response.json(document)
    }
    const origin = { kind: 'discovery', url: 'https://issuer.example', jwksFallback: null } as const
    await expect(loadKeys(origin, fetch)).rejects.toThrow('its jwks_uri is an address of this machine')
    expect(asked).toEqual(['https://issuer.example/.well-known/openid-configuration'])
  },
)
