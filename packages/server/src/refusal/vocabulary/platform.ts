// Refusals of the platform's own endpoints, which Studio and the commands use.

export interface PlatformRefusals {
  /** A person's SQL that cannot stand where one expression belongs. `place` is what was filled in, such as `USING`. */
  'platform.expression-invalid': { readonly place: string; readonly reason: string }
  /** USING or WITH CHECK on a policy whose command does not take it, or none where it needs one. */
  'platform.policy-clauses': { readonly command: string; readonly reason: string }
  'platform.policy-unknown': { readonly schema: string; readonly table: string; readonly name: string }
  /** No table, view or other relation has this name. */
  'platform.relation-unknown': { readonly schema: string; readonly name: string }
}
