// Refusals of reading a request: what can be wrong with it before the database's schema is looked at.

export interface RequestRefusals {
  /** The request body is larger than the door's limit. Bytes. */
  'request.body-too-large': { readonly limit: number }
}
