// Somebody signed in on the running instance, an organisation's admin, as an app's user is.

import { askOnce, type LoadTarget } from '../load/http-load.ts'
import type { Project } from '../rest-read/whole-server.ts'

const PATIENCE = 20_000

/** The start of every answer that carries a token. */
const TOKEN = Buffer.from('{"object":"token","jwt":"eyJ')

export interface SignedInPerson {
  readonly userId: string
  readonly organizationId: string
  /** The request that mints her session token through the Backend API. */
  readonly mint: LoadTarget
}

/** Signs somebody in through the Backend API. */
export async function signInPerson({ clerkPort, clerkSecretKey }: Project): Promise<SignedInPerson> {
  const headers = { authorization: `Bearer ${clerkSecretKey}` }
  const post = async (path: string, sent: object): Promise<{ readonly id: string }> => {
    const request = { port: clerkPort, method: 'POST', path: `/backend/v1${path}`, headers, sent: JSON.stringify(sent) }
    return JSON.parse(await askOnce(request)) as { readonly id: string }
  }
  await untilAnswering(clerkPort)
  const person = await post('/users', { email_address: ['minted@example.com'], first_name: 'Min', last_name: 'Ted' })
  const organization = await post('/organizations', { name: 'Mint', created_by: person.id })
  const session = await post('/sessions', { user_id: person.id })
  return {
    userId: person.id,
    organizationId: organization.id,
    mint: {
      port: clerkPort,
      method: 'POST',
      path: `/backend/v1/sessions/${session.id}/tokens`,
      headers,
      sent: '{}',
      body: (answer) => answer.subarray(0, TOKEN.length).equals(TOKEN),
    },
  }
}

/** The identity provider opens beside the API, which may answer first. */
async function untilAnswering(port: number): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE
  for (;;) {
    try {
      await askOnce({ port, path: '/.well-known/jwks.json', headers: {} })
      return
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}
