// A refusal as Clerk's APIs put it on the wire: an HTTP status and one entry of `errors`. Codes, statuses
// and the short form of the messages follow Clerk's published error index.

import type { AnyClerkRefusal } from './clerk-refusal.ts'

/** One entry of the `errors` array. */
export interface WireError {
  readonly code: string
  readonly message: string
  readonly long_message: string
  readonly meta?: Readonly<Record<string, unknown>>
}

export interface RenderedRefusal {
  readonly status: number
  readonly error: WireError
}

/** Renders a refusal. `meta.param_name` is set where a request parameter is at fault; the SDKs attach the message to it. */
export function renderClerkRefusal(refusal: AnyClerkRefusal): RenderedRefusal {
  switch (refusal.code) {
    case 'authorization_header_format_invalid':
    case 'clerk_key_invalid':
    case 'request_body_invalid':
    case 'malformed_request_parameters':
    case 'unsupported_content_type':
    case 'request_too_large':
    case 'request_invalid_for_environment':
    case 'resource_not_found':
    case 'endpoint_not_built':
    case 'feature_not_enabled':
      return renderRequestRefusal(refusal)
    case 'form_param_missing':
    case 'form_param_unknown':
    case 'form_param_type_invalid':
    case 'form_param_format_invalid':
    case 'form_param_value_invalid':
    case 'form_param_value_too_large':
    case 'form_param_max_length_exceeded':
    case 'form_param_exceeds_allowed_size':
    case 'form_param_invalid_time':
    case 'form_param_not_combinable':
    case 'form_conditional_param_missing':
    case 'form_resource_not_found':
      return renderParameterRefusal(refusal)
    case 'form_data_missing':
    case 'form_identifier_exists':
    case 'form_username_invalid_length':
    case 'form_username_invalid_character':
    case 'form_password_length_too_short':
    case 'form_password_length_too_long':
    case 'form_password_digest_invalid_code':
    case 'incorrect_password':
    case 'no_password_set':
      return renderCredentialRefusal(refusal)
    case 'identification_update_failed':
    case 'user_banned':
    case 'jwt_template_reserved_claim':
    case 'sign_in_token_cannot_be_revoked_code':
    case 'organization_creator_not_found':
    case 'already_a_member_in_organization':
    case 'organization_membership_quota_exceeded':
      return renderResourceRefusal(refusal)
    case 'seed_invalid':
    case 'option_invalid':
    case 'exposure_not_allowed':
      return said(422, refusal.code, 'is invalid', refusal.message)
  }
}

type Of<Code extends AnyClerkRefusal['code']> = Extract<AnyClerkRefusal, { code: Code }>

function renderRequestRefusal(
  refusal: Of<
    | 'authorization_header_format_invalid'
    | 'clerk_key_invalid'
    | 'request_body_invalid'
    | 'malformed_request_parameters'
    | 'unsupported_content_type'
    | 'request_too_large'
    | 'request_invalid_for_environment'
    | 'resource_not_found'
    | 'endpoint_not_built'
    | 'feature_not_enabled'
  >,
): RenderedRefusal {
  switch (refusal.code) {
    case 'authorization_header_format_invalid':
      return said(
        401,
        refusal.code,
        'Invalid Authorization header format',
        "Send the secret key as 'Authorization: Bearer sk_test_…'.",
      )
    case 'clerk_key_invalid':
      return said(
        401,
        refusal.code,
        'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.',
        'No instance of this server has the secret key that was sent. `tenon status -o env` prints CLERK_SECRET_KEY.',
      )
    case 'request_body_invalid':
      return said(400, refusal.code, 'Request body invalid', 'The request body is not a JSON object.')
    case 'malformed_request_parameters':
      return said(
        400,
        refusal.code,
        'Malformed request parameters',
        'The request parameters are malformed and could not be parsed.',
      )
    case 'unsupported_content_type':
      return said(
        415,
        refusal.code,
        'Content-Type is unsupported',
        `Content-Type ${refusal.detail.contentType} is unsupported. You should use application/json instead.`,
      )
    case 'request_too_large':
      return said(413, refusal.code, 'Request too large', 'The request body is larger than this server accepts.')
    case 'request_invalid_for_environment':
      return said(
        400,
        refusal.code,
        'Invalid request for environment',
        `Request only valid for ${refusal.detail.environment} instances.`,
      )
    case 'resource_not_found':
      return said(404, refusal.code, refusal.detail.message, refusal.detail.longMessage)
    case 'endpoint_not_built':
      return said(
        404,
        'resource_not_found',
        'URL not found',
        `${refusal.detail.method} ${refusal.detail.path} is not an endpoint this server has built.`,
      )
    case 'feature_not_enabled':
      return said(
        403,
        refusal.code,
        'not enabled',
        `This feature is not enabled on this instance: ${refusal.detail.feature}.`,
      )
  }
}

function renderParameterRefusal(
  refusal: Of<
    | 'form_param_missing'
    | 'form_param_unknown'
    | 'form_param_type_invalid'
    | 'form_param_format_invalid'
    | 'form_param_value_invalid'
    | 'form_param_value_too_large'
    | 'form_param_max_length_exceeded'
    | 'form_param_exceeds_allowed_size'
    | 'form_param_invalid_time'
    | 'form_param_not_combinable'
    | 'form_conditional_param_missing'
    | 'form_resource_not_found'
  >,
): RenderedRefusal {
  const { param } = refusal.detail
  const meta = { param_name: param }
  switch (refusal.code) {
    case 'form_param_missing':
      return said(422, refusal.code, 'is missing', `${param} must be included.`, meta)
    case 'form_param_unknown':
      return said(422, refusal.code, 'is unknown', `${param} is not a valid parameter for this request.`, meta)
    case 'form_param_type_invalid':
      return said(422, refusal.code, 'is invalid', `\`${param}\` must be a \`${refusal.detail.type}\`.`, meta)
    case 'form_param_format_invalid':
      return said(422, refusal.code, 'is invalid', `${param} must be ${refusal.detail.expected}.`, meta)
    case 'form_param_value_invalid':
      return said(
        422,
        refusal.code,
        'is invalid',
        allowedSentence(param, refusal.detail.value, refusal.detail.allowed),
        meta,
      )
    case 'form_param_value_too_large':
      return said(
        422,
        refusal.code,
        'Value too large',
        `The value of ${param} can't be greater than ${refusal.detail.most}`,
        meta,
      )
    case 'form_param_max_length_exceeded':
      return said(
        422,
        refusal.code,
        'exceeds maximum length',
        `${param} should not exceed ${refusal.detail.most} characters.`,
        meta,
      )
    case 'form_param_exceeds_allowed_size':
      return said(
        422,
        refusal.code,
        'exceeds allowed size',
        `${param} may take at most ${refusal.detail.mostBytes} bytes, because browsers drop a cookie above 4 KB.`,
        meta,
      )
    case 'form_param_invalid_time':
      return said(
        422,
        refusal.code,
        'invalid format',
        `${param} must be an RFC 3339 datetime, for example 2022-10-20T10:00:27.645Z.`,
        meta,
      )
    case 'form_param_not_combinable':
      return said(
        422,
        'form_conditional_param_disallowed',
        'is not allowed',
        `\`${param}\` isn't allowed when \`${refusal.detail.existing}\` is present.`,
        meta,
      )
    case 'form_conditional_param_missing':
      return said(
        422,
        refusal.code,
        'is missing',
        `\`${param}\` is required when \`${refusal.detail.present}\` is present.`,
        meta,
      )
    case 'form_resource_not_found':
      return said(
        422,
        refusal.code,
        'is missing',
        `The resource associated with the supplied ${param} was not found.`,
        meta,
      )
  }
}

function renderCredentialRefusal(
  refusal: Of<
    | 'form_data_missing'
    | 'form_identifier_exists'
    | 'form_username_invalid_length'
    | 'form_username_invalid_character'
    | 'form_password_length_too_short'
    | 'form_password_length_too_long'
    | 'form_password_digest_invalid_code'
    | 'incorrect_password'
    | 'no_password_set'
  >,
): RenderedRefusal {
  switch (refusal.code) {
    case 'form_data_missing':
      return said(
        422,
        refusal.code,
        'missing data',
        `${JSON.stringify(refusal.detail.params)} data doesn't match user requirements set for this instance`,
        { param_names: refusal.detail.params },
      )
    case 'form_identifier_exists': {
      const sentence = `That ${refusal.detail.identifier} is taken. Please try another.`
      return said(422, refusal.code, sentence, sentence, { param_name: refusal.detail.param })
    }
    case 'form_username_invalid_length':
      return same(
        422,
        refusal.code,
        `Username must be between ${refusal.detail.least} and ${refusal.detail.most} characters long.`,
        'username',
      )
    case 'form_username_invalid_character':
      return same(422, refusal.code, "Username can only contain letters, numbers and '_' or '-'.", 'username')
    case 'form_password_length_too_short':
      return same(422, refusal.code, `Passwords must be ${refusal.detail.least} characters or more.`, 'password')
    case 'form_password_length_too_long':
      return same(422, refusal.code, `Passwords must be less than ${refusal.detail.most} characters.`, 'password')
    case 'form_password_digest_invalid_code':
      return same(
        422,
        refusal.code,
        `The password digest is not a valid ${refusal.detail.hasher} digest.`,
        'password_digest',
      )
    case 'incorrect_password':
      return said(422, refusal.code, 'incorrect password', 'The provided password is not the one the user has set')
    case 'no_password_set':
      return said(400, refusal.code, 'no password set', 'This user does not have a password set for their account')
  }
}

function renderResourceRefusal(
  refusal: Of<
    | 'identification_update_failed'
    | 'user_banned'
    | 'jwt_template_reserved_claim'
    | 'sign_in_token_cannot_be_revoked_code'
    | 'organization_creator_not_found'
    | 'already_a_member_in_organization'
    | 'organization_membership_quota_exceeded'
  >,
): RenderedRefusal {
  switch (refusal.code) {
    case 'identification_update_failed':
      return said(400, refusal.code, 'Update failed', refusal.detail.reason)
    case 'user_banned':
      return said(403, refusal.code, 'User banned', 'This user is banned and cannot have new sessions.')
    case 'jwt_template_reserved_claim':
      return said(
        400,
        refusal.code,
        'reserved claim used',
        `You can't use the reserved claim: '${refusal.detail.claim}'`,
        {
          param_name: 'claims',
        },
      )
    case 'sign_in_token_cannot_be_revoked_code':
      return said(
        400,
        refusal.code,
        'cannot revoke',
        `Sign in token cannot be revoked because its status is ${refusal.detail.status}. Only pending tokens can be revoked.`,
      )
    case 'organization_creator_not_found':
      return said(400, refusal.code, 'creator not found', `No users found with id ${refusal.detail.userId}.`)
    case 'already_a_member_in_organization':
      return said(
        400,
        refusal.code,
        'already a member',
        `User ${refusal.detail.userId} is already a member of the organization.`,
      )
    case 'organization_membership_quota_exceeded':
      return said(
        403,
        refusal.code,
        'organization membership quota exceeded',
        `You have reached your limit of ${refusal.detail.most} organization memberships, including outstanding invitations.`,
      )
  }
}

function said(
  status: number,
  code: string,
  message: string,
  longMessage: string,
  meta?: Readonly<Record<string, unknown>>,
): RenderedRefusal {
  return { status, error: { code, message, long_message: longMessage, ...(meta === undefined ? {} : { meta }) } }
}

function same(status: number, code: string, sentence: string, param: string): RenderedRefusal {
  return said(status, code, sentence, sentence, { param_name: param })
}

function allowedSentence(param: string, value: string, allowed: readonly string[] | undefined): string {
  if (allowed === undefined) return `${value} does not match one of the allowed values for parameter ${param}`
  return `${value} does not match the allowed values for parameter ${param}. Allowed values: ${allowed.join(', ')}`
}
