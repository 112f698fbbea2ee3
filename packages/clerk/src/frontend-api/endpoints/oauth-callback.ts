// Where providers send people back to. The answer belongs to the client that began the flow, which `state` leads to:
// in development nothing else tells whose browser it is; in production the client's cookie has to agree.

import { type AuthorizationResponse, requireFlow } from '../../federation/finish-flow.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { browserBase } from '../../browser/page-origin.ts'
import { finishConnection } from '../callback/finish-connection.ts'
import { finishSignIn } from '../callback/finish-sign-in.ts'
import { finishSignUp } from '../callback/finish-sign-up.ts'
import { type FrontendAnswer, type FrontendEndpoint, type FrontendRequest, seeOther } from '../frontend-request.ts'

/** What becomes of an answer, by what the way was for. */
const finishers = { sign_in: finishSignIn, sign_up: finishSignUp, connect: finishConnection } as const

const paths = ['/v1/oauth_callback', '/v1/oauth_callback/*'] as const

export const oauthCallbackEndpoints: readonly FrontendEndpoint[] = paths.flatMap((path): FrontendEndpoint[] => [
  { method: 'GET', path, access: 'open', answer: callback },
  { method: 'POST', path, access: 'open', answer: postedCallback },
])

async function callback(request: FrontendRequest): Promise<FrontendAnswer> {
  const { instance, query, client } = request
  const response: AuthorizationResponse = {
    state: query.get('state'),
    code: query.get('code'),
    error: query.get('error'),
    issuer: query.get('iss'),
  }
  const flow = await requireFlow(instance, response)
  if (!instance.isDevelopment && client?.id !== flow.clientId) throw new ClerkRefusal('oauth_state_unknown', {})
  return seeOther(await finishers[flow.purpose](request, flow, response))
}

/** Providers that answer with a form are heard as the others are: the browser comes again with its cookies. */
async function postedCallback({ instance, form, headers }: FrontendRequest): Promise<FrontendAnswer> {
  const parameters = new URLSearchParams()
  for (const name of ['state', 'code', 'error', 'iss']) {
    const value = form[name]
    if (typeof value === 'string') parameters.set(name, value)
  }
  return seeOther(`${browserBase(headers, instance)}/v1/oauth_callback?${parameters.toString()}`)
}
