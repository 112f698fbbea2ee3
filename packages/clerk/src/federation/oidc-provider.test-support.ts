// An OpenID Connect provider of its own for tests, over HTTP. What it says can be bent, to see who notices.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** What the provider says. Each part is read when it answers. */
export interface Said {
  /** Of the id_token; null gives none. `nonce` is that of the request unless it is said otherwise. */
  idToken: ((claims: JWTPayload) => JWTPayload) | null
  /** Signed with a key that is not published. */
  forged: boolean
  userinfo: object
  emails: unknown
  /** Of the token response. */
  tokens: object
}

export interface OidcProvider {
  readonly url: string
  readonly said: Said
  /** Token requests as they came. */
  readonly requests: URLSearchParams[]
  /** What the provider sends the browser back with, for the address that we send it to. */
  answer(authorizationUrl: string): URL
  stop(): Promise<void>
}

export const clientId = 'tests'

/** A GIF of one pixel; served at `/picture`. */
export const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** Starts one on a free port. */
export async function startOidcProvider(): Promise<OidcProvider> {
  const published = await generateKeyPair('RS256')
  const forger = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(published.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const said: Said = { idToken: (claims) => claims, forged: false, userinfo: {}, emails: [], tokens: {} }
  const requests: URLSearchParams[] = []
  let nonce: string | null = null
  let url = ''
  const idToken = async (): Promise<string | undefined> => {
    if (said.idToken === null) return undefined
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: url, aud: clientId, sub: 'ada', iat: now, exp: now + 600, nonce }
    const { privateKey } = said.forged ? forger : published
    return await new SignJWT(said.idToken(claims)).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(privateKey)
  }
  const answers: Readonly<Record<string, (request: IncomingMessage) => Promise<unknown>>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      userinfo_endpoint: `${url}/userinfo`,
      jwks_uri: `${url}/keys`,
    }),
    '/keys': async () => ({ keys: [jwk] }),
    '/token': async (request) => {
      requests.push(new URLSearchParams(await textOf(request)))
      return { access_token: `at-${requests.length}`, token_type: 'Bearer', id_token: await idToken(), ...said.tokens }
    },
    '/userinfo': async () => said.userinfo,
    '/emails': async () => said.emails,
    '/picture': async () => picture,
  }
  const server = createServer((request, response) => void respond(answers, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    said,
    requests,
    answer: (authorizationUrl) => {
      const { searchParams } = new URL(authorizationUrl)
      nonce = searchParams.get('nonce')
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('state', searchParams.get('state') ?? '')
      back.searchParams.set('code', 'a-code')
      return back
    },
    stop: () => close(server),
  }
}

async function respond(
  answers: Readonly<Record<string, (request: IncomingMessage) => Promise<unknown>>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = answers[request.url ?? '']
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
  const value = answer === undefined ? {} : await answer(request)
  response.end(Buffer.isBuffer(value) ? value : JSON.stringify(value))
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
