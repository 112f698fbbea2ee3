// JWT templates. A template's own signing key goes in and never comes out again, save to sign.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { JsonObject } from '../../tokens/json.ts'
import type { SigningAlgorithm } from '../../tokens/sign-jwt.ts'
import { violatedConstraint } from '../database/database.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface JwtTemplate {
  readonly id: string
  readonly name: string
  readonly claims: JsonObject
  /** Seconds. */
  readonly lifetime: number
  /** Seconds that `nbf` lies before `iat`. */
  readonly allowedClockSkew: number
  readonly customSigningKey: boolean
  readonly signingAlgorithm: SigningAlgorithm
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns of `clerk.jwt_templates` that requests may set. `undefined` leaves a column alone. */
export interface JwtTemplateColumns {
  readonly name?: string | undefined
  readonly claims?: JsonObject | undefined
  readonly lifetime?: number | undefined
  readonly allowed_clock_skew?: number | undefined
  readonly custom_signing_key?: boolean | undefined
  readonly signing_algorithm?: SigningAlgorithm | undefined
  readonly signing_key?: string | null | undefined
}

const columns = /* sql */ `
  id, name, claims, lifetime, allowed_clock_skew as "allowedClockSkew", custom_signing_key as "customSigningKey",
  signing_algorithm as "signingAlgorithm", created_at as "createdAt", updated_at as "updatedAt"`

/** Adds a template. Refuses a name that is taken. */
export async function insertJwtTemplate(store: Store, id: string, row: Required<JwtTemplateColumns>): Promise<void> {
  const now = store.now()
  const whole = { instance_id: store.instanceId, id, ...row, created_at: now, updated_at: now }
  const { text, values } = insertion('clerk.jwt_templates', whole)
  await refusingTakenName(() => store.db.query(text, values))
}

/** Changes a template. Refuses an unknown one and a name that is taken. */
export async function updateJwtTemplate(store: Store, id: string, change: JwtTemplateColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  const [updated] = await refusingTakenName(() =>
    store.db.query(
      `update clerk.jwt_templates set ${set} where instance_id = $1 and id = $2 returning id`,
      bound.values,
    ),
  )
  if (updated === undefined) throw notFound('jwt_template', id)
}

/** Deletes a template. Refuses an unknown one. */
export async function deleteJwtTemplate(store: Store, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.jwt_templates where instance_id = $1 and id = $2 returning id',
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('jwt_template', id)
}

/** The template. Refuses an unknown id. */
export async function requireJwtTemplate(store: Store, id: string): Promise<JwtTemplate> {
  const [template] = await store.db.query<JwtTemplate>(
    `select ${columns} from clerk.jwt_templates where instance_id = $1 and id = $2`,
    [store.instanceId, id],
  )
  if (template === undefined) throw notFound('jwt_template', id)
  return template
}

/** The template of this name with the key it signs with (null: the instance's). Refuses an unknown name. */
export async function requireSigningTemplate(
  store: Store,
  name: string,
): Promise<JwtTemplate & { readonly signingKey: string | null }> {
  const [template] = await store.db.query<JwtTemplate & { readonly signingKey: string | null }>(
    `select ${columns}, signing_key as "signingKey" from clerk.jwt_templates where instance_id = $1 and name = $2`,
    [store.instanceId, name],
    'clerk-signing-template',
  )
  if (template === undefined) throw notFound('jwt_template', name)
  return template
}

/** One page of the templates, newest first, and how many there are. */
export async function listJwtTemplates(store: Store, page: Page): Promise<Listed<JwtTemplate>> {
  const from = 'from clerk.jwt_templates where instance_id = $1'
  const rows = { columns, from, orderBy: 'created_at desc, position desc' }
  return readPage(store, rows, bindings(store.instanceId), page)
}

async function refusingTakenName<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (violatedConstraint(error) !== 'jwt_templates_name') throw error
    throw new ClerkRefusal('form_identifier_exists', { param: 'name', identifier: 'name' }, { cause: error })
  }
}
