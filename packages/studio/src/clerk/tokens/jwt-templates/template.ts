// A JWT template as it is read, and as its form has it.

import { type Claims, parseClaims, printClaims } from '../claims/parse-claims.ts'

export interface JwtTemplate {
  readonly id: string
  readonly name: string
  readonly claims: Claims
  readonly lifetime: number
  readonly allowed_clock_skew: number
  readonly custom_signing_key: boolean
  readonly signing_algorithm: string
  readonly created_at: number
  readonly updated_at: number
}

/** What is typed; numbers as text, so that a wrong one stays to be mended. */
export interface TemplateForm {
  readonly name: string
  readonly lifetime: string
  readonly skew: string
  readonly custom: boolean
  readonly algorithm: string
  readonly signingKey: string
  readonly claims: string
}

export type TemplateProblems = { readonly [Name in keyof TemplateForm]?: string | undefined }

/** Claims that every templated token has by itself. */
export const reservedTemplateClaims = ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub']

/** What a key of one's own may sign with. */
export const customAlgorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

const blank: TemplateForm = {
  name: '',
  lifetime: '60',
  skew: '5',
  custom: false,
  algorithm: 'RS256',
  signingKey: '',
  claims: '{}',
}

/** What a new template begins as. */
export const beginnings: Readonly<Record<'blank' | 'supabase', TemplateForm>> = {
  blank,
  supabase: {
    ...blank,
    name: 'supabase',
    custom: true,
    algorithm: 'HS256',
    claims: printClaims({
      aud: 'authenticated',
      role: 'authenticated',
      email: '{{user.primary_email_address}}',
      app_metadata: {},
      user_metadata: {},
    }),
  },
}

/** The form of a template that is there. Its key is not told, and stays where none is typed. */
export function formOf(template: JwtTemplate): TemplateForm {
  return {
    name: template.name,
    lifetime: String(template.lifetime),
    skew: String(template.allowed_clock_skew),
    custom: template.custom_signing_key,
    algorithm: template.signing_algorithm,
    signingKey: '',
    claims: printClaims(template.claims),
  }
}

/** Everything wrong with a form; `before` is the template it changes. */
export function problemsOf(form: TemplateForm, before: JwtTemplate | null): TemplateProblems {
  const claims = parseClaims(form.claims, reservedTemplateClaims).problem
  return {
    ...(!/^[\w-]{1,128}$/.test(form.name) && { name: 'A name has letters, digits, - and _, at least one.' }),
    ...(!isWhole(form.lifetime, 30, 315_360_000) && { lifetime: 'Whole seconds, from 30 to 315360000.' }),
    ...(!isWhole(form.skew, 0, 300) && { skew: 'Whole seconds, from 0 to 300.' }),
    ...(needsKey(form, before) && { signingKey: keyNeeded(form.algorithm) }),
    ...(claims !== undefined && { claims }),
  }
}

/** The body that saves a form without problems. What is signed with is left out where it stays. */
export function bodyOf(form: TemplateForm, before: JwtTemplate | null): object {
  const stays = before !== null && form.custom && form.signingKey === ''
  return {
    name: form.name,
    claims: parseClaims(form.claims, reservedTemplateClaims).claims,
    lifetime: Number(form.lifetime),
    allowed_clock_skew: Number(form.skew),
    ...(!form.custom && { custom_signing_key: false }),
    ...(form.custom &&
      !stays && { custom_signing_key: true, signing_algorithm: form.algorithm, signing_key: form.signingKey }),
  }
}

function needsKey(form: TemplateForm, before: JwtTemplate | null): boolean {
  if (!form.custom || form.signingKey !== '') return false
  return before === null || !before.custom_signing_key || before.signing_algorithm !== form.algorithm
}

function keyNeeded(algorithm: string): string {
  return algorithm.startsWith('HS') ? 'Paste the secret that tokens are signed with.' : 'Paste a private key in PEM.'
}

function isWhole(text: string, least: number, most: number): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
}
