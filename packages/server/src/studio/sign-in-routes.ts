// Signing in and out. Whose page asks is judged before the body is read.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { StudioAccess } from './access/studio-access.ts'
import { signInHeaders } from './guard/headers.ts'
import { requireOwnPage } from './guard/require-own.ts'
import { endingCookie, sessionOf, startingCookie } from './guard/session-cookie.ts'
import { wantedPage } from './guard/wanted-page.ts'
import { nextPath } from './pages/next-path.ts'
import { signInScript, signInStyle } from './pages/sign-in-files.ts'
import { renderConfirm, renderSignIn } from './pages/sign-in-page.ts'

interface SignInDeps {
  readonly access: StudioAccess
  readonly cookie: string
}

const LARGEST_FORM = 16 * 1024

/** `GET` and `POST /sign-in`, `POST /sign-out`, `/sign-in.css`, `/sign-in.js`. */
export function mountSignIn(app: FastifyInstance, { access, cookie }: SignInDeps): void {
  // Fields of a form are texts; what JSON can hold besides is nothing to hash.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST_FORM },
    async (_request: unknown, body: unknown) => Object.fromEntries(new URLSearchParams(String(body))),
  )
  app.get('/sign-in.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(signInStyle))
  app.get('/sign-in.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(signInScript))
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>('/sign-in', async ({ query, headers }, reply) => {
    const session = sessionOf(headers, cookie)
    // Whoever presses a used link again is in already.
    if (session !== null && access.isOpen(session)) return reply.redirect(nextPath(query['next']), 303)
    if (typeof query['code'] === 'string') return sendPage(reply, renderConfirm(query['code']))
    return sendSignIn(reply, access, { next: nextPath(query['next']), problem: null })
  })
  app.post<{ Body: Form | null }>('/sign-in', { onRequest: fromOwnPage }, async ({ body, ip, headers }, reply) => {
    const { code, password, next } = body ?? {}
    const session = code === undefined ? access.enterByPassword(password ?? '', ip) : access.enterByCode(code)
    reply.header('set-cookie', startingCookie(cookie, session, isSecure(headers)))
    return reply.redirect(nextPath(next ?? wantedPage(headers, cookie)), 303)
  })
  app.post('/sign-out', { onRequest: fromOwnPage }, async ({ headers }, reply) => {
    const session = sessionOf(headers, cookie)
    if (session !== null) access.leave(session)
    reply.header('set-cookie', endingCookie(cookie, isSecure(headers)))
    return reply.redirect('/sign-in', 303)
  })
}

async function fromOwnPage({ headers }: FastifyRequest): Promise<void> {
  requireOwnPage(headers)
}

/** Fields of the forms; of a field that comes twice, the last. */
type Form = Partial<Readonly<Record<'code' | 'password' | 'next', string>>>

/** The page that asks who one is, with the status that was set. */
export function sendSignIn(
  reply: FastifyReply,
  { takesPassword }: StudioAccess,
  { next, problem }: { readonly next: string; readonly problem: string | null },
): FastifyReply {
  return sendPage(reply, renderSignIn({ takesPassword, next, problem }))
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.headers(signInHeaders).type('text/html; charset=utf-8').send(page)
}

/** Behind a proxy that speaks TLS for us. Who lies here only loses the cookie. */
function isSecure(headers: FastifyRequest['headers']): boolean {
  return headers['x-forwarded-proto'] === 'https'
}
