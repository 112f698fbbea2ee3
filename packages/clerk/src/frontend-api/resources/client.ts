// The client: everything a browser knows of who is signed in on it. Travels with every answer that changed something.

import { type Client, findClient } from '../../state/sessions/clients.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { sessionsOnClient } from '../../state/sessions/sessions.ts'
import { findSignIn } from '../../state/sessions/sign-ins.ts'
import { findSignUp } from '../../state/sessions/sign-ups.ts'
import { longLived } from '../../browser/cookies.ts'
import { sessionResource } from './session.ts'
import { signInResource } from './sign-in.ts'
import { signUpResource } from '../../resources/sign-up.ts'

/** The client as it is now; null when it is gone. `origin` becomes the `azp` of the tokens inside. */
export async function clientResource(
  instance: Instance,
  clientId: string,
  origin: string | null,
): Promise<object | null> {
  const client = await findClient(instance.store, clientId)
  return client === null ? null : await describe(instance, client, origin)
}

async function describe(instance: Instance, client: Client, origin: string | null): Promise<object> {
  const { store } = instance
  const open = await sessionsOnClient(store, client.id)
  const sessions = await Promise.all(open.map((session) => sessionResource(instance, session, origin)))
  return {
    object: 'client',
    id: client.id,
    sessions,
    sign_in: await signInOf(instance, client),
    sign_up: await signUpOf(instance, client),
    last_active_session_id: open.some(({ id }) => id === client.lastActiveSessionId)
      ? client.lastActiveSessionId
      : null,
    last_authentication_strategy: client.lastAuthenticationStrategy,
    cookie_expires_at: store.now() + longLived * 1000,
    captcha_bypass: false,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  }
}

async function signInOf(instance: Instance, { signInId }: Client): Promise<object | null> {
  const signIn = signInId === null ? null : await findSignIn(instance.store, signInId)
  return signIn === null ? null : await signInResource(instance, signIn)
}

async function signUpOf(instance: Instance, { signUpId }: Client): Promise<object | null> {
  const signUp = signUpId === null ? null : await findSignUp(instance.store, signUpId)
  return signUp === null ? null : await signUpResource(instance, signUp)
}
