// Which application calls (RFC 6749 §2.3): by its secret, in the header or in the form, or by its id alone where it is
// public.

import { findOAuthClient, isOAuthSecret, type OAuthApplication } from '../state/oauth/oauth-applications.ts'
import type { Store } from '../state/database/store.ts'
import { OAuthError } from './oauth-error.ts'

/** The application. Refuses an unknown one, a wrong secret, and a missing one of an application that has one. */
export async function authenticateClient(
  store: Store,
  authorization: string | undefined,
  form: URLSearchParams,
): Promise<OAuthApplication> {
  const shown = basicCredentials(authorization) ?? {
    clientId: form.get('client_id') ?? '',
    secret: form.get('client_secret'),
  }
  const application = await findOAuthClient(store, shown.clientId)
  if (application === null) throw unauthenticated()
  const proven = application.public
    ? shown.secret === null || shown.secret === ''
    : shown.secret !== null && (await isOAuthSecret(store, application.id, shown.secret))
  if (!proven) throw unauthenticated()
  return application
}

/** Both halves are form-encoded inside the header (RFC 6749 §2.3.1). */
function basicCredentials(header: string | undefined): { readonly clientId: string; readonly secret: string } | null {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
  return { clientId: formDecoded(clientId), secret: formDecoded(rest.join(':')) }
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text}`).get('value') ?? ''
}

function unauthenticated(): OAuthError {
  return new OAuthError('invalid_client', 'Client authentication failed.', 401)
}
