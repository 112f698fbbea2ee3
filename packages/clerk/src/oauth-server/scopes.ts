// What applications may ask to be told about a person.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'

/** Scopes and what the consent page says of them. */
export const scopeDescriptions = {
  openid: 'Know who you are',
  profile: 'See your name, your username and your picture',
  email: 'See your e-mail address',
  public_metadata: 'See what is publicly noted about you',
  private_metadata: 'See what is privately noted about you',
  offline_access: 'Keep access while you are away',
  'user:org:read': 'See the organizations you are in',
} as const

export type Scope = keyof typeof scopeDescriptions

/** What an application may ask for when nothing else was said. */
export const usualScopes = 'profile email'

/** The scopes of a text, each once. */
export function scopesOf(text: string): readonly string[] {
  return [...new Set(text.split(/\s+/).filter((scope) => scope !== ''))]
}

/** True for a scope this server knows. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopeDescriptions, text)
}

/** Scopes of a parameter, as kept. Refuses one that is unknown. */
export function requireScopes(text: string, param: string): string {
  const scopes = scopesOf(text)
  const unknown = scopes.find((scope) => !isScope(scope))
  if (unknown !== undefined) {
    throw new ClerkRefusal('form_param_value_invalid', {
      param,
      value: unknown,
      allowed: Object.keys(scopeDescriptions),
    })
  }
  return scopes.join(' ')
}
