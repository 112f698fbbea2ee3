// A configuration that names no usable issuer. It stops the start, so it is no Refusal: nobody asked anything yet.

/** The message begins `Invalid config:` and names the key, as the Supabase CLI words it where it has the same rule. */
export class IssuerConfigError extends Error {
  override readonly name = 'IssuerConfigError'

  constructor(reason: string) {
    super(`Invalid config: ${reason}`)
  }
}
