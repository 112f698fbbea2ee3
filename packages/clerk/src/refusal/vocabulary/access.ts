// Who may come in: lists, waiting lists, restrictions, and records that exist already.

import { type Nothing, type Param, type Renderings, atParam } from '../rendering.ts'

export interface AccessRefusals {
  duplicate_record: { readonly message: string; readonly longMessage: string }
  not_allowed_access: Param & { readonly message: string; readonly reason: string }
  primary_domain_fixed: Nothing
  /** Our own: Clerk's dashboard does not let one choose such settings. */
  user_settings_contradictory: Param & { readonly reason: string }
  oauth_client_unknown: Nothing
  oauth_redirect_uri_mismatch: Nothing
  waitlist_entry_conflict: { readonly reason: string }
}

export const accessRenderings: Renderings<AccessRefusals> = {
  duplicate_record: ({ message, longMessage }) => ({ status: 400, message, longMessage }),
  not_allowed_access: ({ param, message, reason }) => ({
    status: 403,
    message,
    longMessage: reason,
    meta: { param_name: param },
  }),
  oauth_client_unknown: () => ({
    status: 404,
    code: 'resource_not_found',
    message: 'not found',
    longMessage: 'No OAuth application has this client id.',
  }),
  oauth_redirect_uri_mismatch: () => ({
    status: 400,
    code: 'oauth_redirect_uri_mismatch',
    message: 'redirect URI mismatch',
    longMessage: 'The redirect_uri is not one that the OAuth application has registered.',
    meta: { param_name: 'redirect_uri' },
  }),
  primary_domain_fixed: () => ({
    status: 403,
    code: 'operation_not_allowed',
    message: 'not allowed',
    longMessage: "The instance's own domain is set in its configuration and cannot be changed here.",
  }),
  user_settings_contradictory: ({ param, reason }) => atParam(param, 'contradicts other settings', reason),
  waitlist_entry_conflict: ({ reason }) => ({
    status: 409,
    code: 'resource_conflict',
    message: 'conflict',
    longMessage: reason,
  }),
}
