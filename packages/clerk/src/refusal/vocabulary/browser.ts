// Browsers: which client they are, which session they speak for, where they stand.

import type { Nothing, Renderings } from '../rendering.ts'

export interface BrowserRefusals {
  dev_browser_unauthenticated: Nothing
  authentication_invalid: Nothing
  session_not_on_client: { readonly id: string }
  origin_invalid: { readonly origin: string }
  host_invalid: { readonly host: string }
  redirect_url_not_allowed: { readonly param: string; readonly url: string }
  handshake_nonce_unknown: Nothing
}

export const browserRenderings: Renderings<BrowserRefusals> = {
  dev_browser_unauthenticated: () => ({
    status: 401,
    message: 'Browser unauthenticated',
    longMessage: 'Unable to authenticate this browser for your development instance. Load the page again.',
  }),
  authentication_invalid: () => ({
    status: 401,
    message: 'Invalid authentication',
    longMessage: 'Unable to authenticate the request, you need to supply an active session',
  }),
  session_not_on_client: ({ id }) => ({
    status: 404,
    code: 'resource_not_found',
    message: 'Session not found',
    longMessage: `No session was found with id ${id}`,
  }),
  origin_invalid: ({ origin }) => ({
    status: 400,
    message: 'Invalid HTTP Origin header',
    longMessage: `Requests from ${origin} are not accepted. Loopback origins are, and those in the allowed_origins of the instance.`,
  }),
  host_invalid: ({ host }) => ({
    status: 400,
    message: 'Invalid host',
    longMessage: `This development instance does not answer as ${host}. Loopback names reach it, its own domain, and the allowed_origins of the instance.`,
  }),
  redirect_url_not_allowed: ({ param, url }) => ({
    status: 422,
    code: 'form_param_value_invalid',
    message: 'is invalid',
    longMessage: `${param} may not lead to ${url}. Loopback addresses may, and the allowed_origins of the instance.`,
    meta: { param_name: param },
  }),
  handshake_nonce_unknown: () => ({
    status: 404,
    code: 'resource_not_found',
    message: 'not found',
    longMessage: 'No handshake was found with this nonce. It works once, for a minute.',
  }),
}
