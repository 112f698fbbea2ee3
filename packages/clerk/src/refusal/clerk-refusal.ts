// The one way this package says no. A ClerkRefusal carries one code of Clerk's own vocabulary and the
// detail that code tells; render-clerk-refusal.ts gives it its wire form. Anything else is a fault.

/** A parameter of a request, by its wire name. */
interface Param {
  readonly param: string
}

/** A refusal that has nothing to tell beyond its code. */
type Nothing = Readonly<Record<string, never>>

/** Every refusal the identity provider can make, with the shape of what it tells. Codes as Clerk's error index names them. */
export interface ClerkRefusalDetails {
  authorization_header_format_invalid: Nothing
  clerk_key_invalid: Nothing
  request_body_invalid: Nothing
  malformed_request_parameters: Nothing
  unsupported_content_type: { readonly contentType: string }
  request_too_large: Nothing
  request_invalid_for_environment: { readonly environment: string }
  resource_not_found: { readonly message: string; readonly longMessage: string }
  endpoint_not_built: { readonly method: string; readonly path: string }
  feature_not_enabled: { readonly feature: string }
  form_param_missing: Param
  form_param_unknown: Param
  form_param_type_invalid: Param & { readonly type: string }
  form_param_format_invalid: Param & { readonly expected: string }
  form_param_value_invalid: Param & { readonly value: string; readonly allowed?: readonly string[] }
  form_param_value_too_large: Param & { readonly most: number }
  form_param_max_length_exceeded: Param & { readonly most: number }
  form_param_exceeds_allowed_size: Param & { readonly mostBytes: number }
  form_param_invalid_time: Param
  form_param_not_combinable: Param & { readonly existing: string }
  form_conditional_param_missing: Param & { readonly present: string }
  form_data_missing: { readonly params: readonly string[] }
  form_identifier_exists: Param & { readonly identifier: string }
  form_resource_not_found: Param
  form_username_invalid_length: { readonly least: number; readonly most: number }
  form_username_invalid_character: Nothing
  form_password_length_too_short: { readonly least: number }
  form_password_length_too_long: { readonly most: number }
  form_password_digest_invalid_code: { readonly hasher: string }
  identification_update_failed: { readonly reason: string }
  incorrect_password: Nothing
  no_password_set: Nothing
  user_banned: Nothing
  jwt_template_reserved_claim: { readonly claim: string }
  sign_in_token_cannot_be_revoked_code: { readonly status: string }
  organization_creator_not_found: { readonly userId: string }
  already_a_member_in_organization: { readonly userId: string }
  organization_membership_quota_exceeded: { readonly most: number }
  /** A seed that cannot be applied: where in it, and what should stand there. */
  seed_invalid: { readonly where: string; readonly expected: string }
  /** Start-up only: the instance would be reachable by strangers. */
  exposure_not_allowed: { readonly reason: string }
  /** Start-up only: an option that cannot be. */
  option_invalid: { readonly option: string; readonly expected: string }
}

export type ClerkRefusalCode = keyof ClerkRefusalDetails

/** We said no on purpose: `code` says which rule, `detail` what it saw, and `message` both, for logs and terminals. */
export class ClerkRefusal<Code extends ClerkRefusalCode = ClerkRefusalCode> extends Error {
  override readonly name = 'ClerkRefusal'
  readonly code: Code
  readonly detail: ClerkRefusalDetails[Code]

  constructor(code: Code, detail: ClerkRefusalDetails[Code], options: { readonly cause?: unknown } = {}) {
    const told = Object.values(detail).map((value: unknown) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    )
    super([code, ...told].join(': '), options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = detail
  }
}

/** A ClerkRefusal as a union over its code, so that the renderer's `switch` narrows `detail` and is checked for completeness. */
export type AnyClerkRefusal = { [Code in ClerkRefusalCode]: ClerkRefusal<Code> }[ClerkRefusalCode]

/** Narrows a caught value to the discriminated union of all refusals. */
export function isClerkRefusal(thrown: unknown): thrown is AnyClerkRefusal {
  return thrown instanceof ClerkRefusal
}
