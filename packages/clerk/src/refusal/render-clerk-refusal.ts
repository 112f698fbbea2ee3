// A refusal as Clerk's APIs put it on the wire: an HTTP status and one entry of `errors`. Codes, statuses
// and the short form of the messages follow Clerk's published error index.

import type { AnyClerkRefusal, ClerkRefusalCode, ClerkRefusalDetails } from './clerk-refusal.ts'

/** One entry of the `errors` array. `meta.param_name` says which parameter is at fault; SDKs attach the message to it. */
interface WireError {
  readonly code: string
  readonly message: string
  readonly long_message: string
  readonly meta?: Readonly<Record<string, unknown>>
}

export interface RenderedRefusal {
  readonly status: number
  readonly error: WireError
}

/** What a code looks like. `code` only where Clerk's wire code differs from ours. */
interface Rendering {
  readonly status: number
  readonly message: string
  /** The same as `message` when left out. */
  readonly longMessage?: string
  readonly code?: string
  readonly meta?: Readonly<Record<string, unknown>>
}

type Renderings = { readonly [Code in ClerkRefusalCode]: (detail: ClerkRefusalDetails[Code]) => Rendering }

/** Renders a refusal. */
export function renderClerkRefusal(refusal: AnyClerkRefusal): RenderedRefusal {
  const render = renderings[refusal.code] as (detail: AnyClerkRefusal['detail']) => Rendering
  const { status, message, longMessage, code, meta } = render(refusal.detail)
  const error = { code: code ?? refusal.code, message, long_message: longMessage ?? message }
  return { status, error: meta === undefined ? error : { ...error, meta } }
}

const keyIsWrong = 'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.'

/** One rendering for each code: a code without one does not compile. */
const renderings: Renderings = {
  authorization_header_format_invalid: () => ({
    status: 401,
    message: 'Invalid Authorization header format',
    longMessage: "Send the secret key as 'Authorization: Bearer sk_test_…'.",
  }),
  clerk_key_invalid: () => ({
    status: 401,
    message: keyIsWrong,
    longMessage: `${keyIsWrong} \`tenon status -o env\` prints CLERK_SECRET_KEY.`,
  }),
  request_body_invalid: () => ({
    status: 400,
    message: 'Request body invalid',
    longMessage: 'The request body is not a JSON object.',
  }),
  malformed_request_parameters: () => ({
    status: 400,
    message: 'Malformed request parameters',
    longMessage: 'The request parameters are malformed and could not be parsed.',
  }),
  unsupported_content_type: ({ contentType }) => ({
    status: 415,
    message: 'Content-Type is unsupported',
    longMessage: `Content-Type ${contentType} is unsupported. You should use application/json instead.`,
  }),
  request_too_large: () => ({
    status: 413,
    message: 'Request too large',
    longMessage: 'The request body is larger than this server accepts.',
  }),
  request_invalid_for_environment: ({ environment }) => ({
    status: 400,
    message: 'Invalid request for environment',
    longMessage: `Request only valid for ${environment} instances.`,
  }),
  resource_not_found: ({ message, longMessage }) => ({ status: 404, message, longMessage }),
  endpoint_not_built: ({ method, path }) => ({
    status: 404,
    code: 'resource_not_found',
    message: 'URL not found',
    longMessage: `${method} ${path} is not an endpoint this server has built.`,
  }),
  feature_not_enabled: ({ feature }) => ({
    status: 403,
    message: 'not enabled',
    longMessage: `This feature is not enabled on this instance: ${feature}.`,
  }),

  form_param_missing: ({ param }) => atParam(param, 'is missing', `${param} must be included.`),
  form_param_unknown: ({ param }) =>
    atParam(param, 'is unknown', `${param} is not a valid parameter for this request.`),
  form_param_type_invalid: ({ param, type }) => atParam(param, 'is invalid', `\`${param}\` must be a \`${type}\`.`),
  form_param_format_invalid: ({ param, expected }) => atParam(param, 'is invalid', `${param} must be ${expected}.`),
  form_param_value_invalid: ({ param, value, allowed }) =>
    atParam(
      param,
      'is invalid',
      allowed === undefined
        ? `${value} does not match one of the allowed values for parameter ${param}`
        : `${value} does not match the allowed values for parameter ${param}. Allowed values: ${allowed.join(', ')}`,
    ),
  form_param_value_too_large: ({ param, most }) =>
    atParam(param, 'Value too large', `The value of ${param} can't be greater than ${most}`),
  form_param_max_length_exceeded: ({ param, most }) =>
    atParam(param, 'exceeds maximum length', `${param} should not exceed ${most} characters.`),
  form_param_exceeds_allowed_size: ({ param, mostBytes }) =>
    atParam(
      param,
      'exceeds allowed size',
      `${param} may take at most ${mostBytes} bytes, because browsers drop a cookie above 4 KB.`,
    ),
  form_param_invalid_time: ({ param }) =>
    atParam(param, 'invalid format', `${param} must be an RFC 3339 datetime, for example 2022-10-20T10:00:27.645Z.`),
  form_param_not_combinable: ({ param, existing }) => ({
    ...atParam(param, 'is not allowed', `\`${param}\` isn't allowed when \`${existing}\` is present.`),
    code: 'form_conditional_param_disallowed',
  }),
  form_conditional_param_missing: ({ param, present }) =>
    atParam(param, 'is missing', `\`${param}\` is required when \`${present}\` is present.`),
  form_resource_not_found: ({ param }) =>
    atParam(param, 'is missing', `The resource associated with the supplied ${param} was not found.`),

  form_data_missing: ({ params }) => ({
    status: 422,
    message: 'missing data',
    longMessage: `${JSON.stringify(params)} data doesn't match user requirements set for this instance`,
    meta: { param_names: params },
  }),
  form_identifier_exists: ({ param, identifier }) => atParam(param, `That ${identifier} is taken. Please try another.`),
  form_username_invalid_length: ({ least, most }) =>
    atParam('username', `Username must be between ${least} and ${most} characters long.`),
  form_username_invalid_character: () =>
    atParam('username', "Username can only contain letters, numbers and '_' or '-'."),
  form_password_length_too_short: ({ least }) => atParam('password', `Passwords must be ${least} characters or more.`),
  form_password_length_too_long: ({ most }) => atParam('password', `Passwords must be less than ${most} characters.`),
  form_password_digest_invalid_code: ({ hasher }) =>
    atParam('password_digest', `The password digest is not a valid ${hasher} digest.`),
  incorrect_password: () => ({
    status: 422,
    message: 'incorrect password',
    longMessage: 'The provided password is not the one the user has set',
  }),
  no_password_set: () => ({
    status: 400,
    message: 'no password set',
    longMessage: 'This user does not have a password set for their account',
  }),

  identification_update_failed: ({ reason }) => ({ status: 400, message: 'Update failed', longMessage: reason }),
  user_banned: () => ({
    status: 403,
    message: 'User banned',
    longMessage: 'This user is banned and cannot have new sessions.',
  }),
  jwt_template_reserved_claim: ({ claim }) => ({
    status: 400,
    message: 'reserved claim used',
    longMessage: `You can't use the reserved claim: '${claim}'`,
    meta: { param_name: 'claims' },
  }),
  sign_in_token_cannot_be_revoked_code: ({ status }) => ({
    status: 400,
    message: 'cannot revoke',
    longMessage: `Sign in token cannot be revoked because its status is ${status}. Only pending tokens can be revoked.`,
  }),
  organization_creator_not_found: ({ userId }) => ({
    status: 400,
    message: 'creator not found',
    longMessage: `No users found with id ${userId}.`,
  }),
  already_a_member_in_organization: ({ userId }) => ({
    status: 400,
    message: 'already a member',
    longMessage: `User ${userId} is already a member of the organization.`,
  }),
  organization_membership_quota_exceeded: ({ most }) => ({
    status: 403,
    message: 'organization membership quota exceeded',
    longMessage: `You have reached your limit of ${most} organization memberships, including outstanding invitations.`,
  }),

  seed_invalid: ({ where, expected }) => ({ status: 422, message: 'is invalid', longMessage: `${where}: ${expected}` }),
  exposure_not_allowed: ({ reason }) => ({ status: 403, message: 'not allowed', longMessage: reason }),
  option_invalid: ({ option, expected }) => ({
    status: 422,
    message: 'is invalid',
    longMessage: `${option}: expected ${expected}`,
  }),
}

function atParam(param: string, message: string, longMessage = message): Rendering {
  return { status: 422, message, longMessage, meta: { param_name: param } }
}
