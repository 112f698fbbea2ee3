// Refusals of planning: what the request names and the database's schema does not have, or has twice.

export interface CatalogRefusals {
  /** The first catalog has not been read yet. Seconds. */
  'catalog.not-loaded': { readonly retryAfter: number }
}
