// The forms of what identifies people and organizations.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'

const shortestUsername = 4
const longestUsername = 64

/** An e-mail address in lower case. Refuses what has no local part, no domain or no dot in it. */
export function requireEmailForm(text: string, param = 'email_address'): string {
  const form = /^[^\s@"<>()[\],;:\\]+@[^\s@."<>]+(\.[^\s@."<>]+)+$/
  if (text.length > 254 || !form.test(text)) {
    throw new ClerkRefusal('form_param_format_invalid', { param, expected: 'a valid email address' })
  }
  return text.toLowerCase()
}

/** A telephone number as E.164 writes it; spaces, dashes and parentheses between the digits are taken out. */
export function requirePhoneForm(text: string, param = 'phone_number'): string {
  const number = text.replaceAll(/[\s()-]/g, '')
  if (!/^\+[1-9]\d{6,14}$/.test(number)) {
    const expected = 'a valid phone number according to E.164 international standard'
    throw new ClerkRefusal('form_param_format_invalid', { param, expected })
  }
  return number
}

/** A username: 4–64 letters, digits, `_` and `-`. */
export function requireUsernameForm(text: string): string {
  if (text.length < shortestUsername || text.length > longestUsername) {
    throw new ClerkRefusal('form_username_invalid_length', { least: shortestUsername, most: longestUsername })
  }
  if (!/^[A-Za-z0-9_-]+$/.test(text)) throw new ClerkRefusal('form_username_invalid_character', {})
  return text
}

/** An organization's slug: lower-case letters, digits, `-` and `_`. Clerk's form makes ones that end with a dash. */
export function requireSlugForm(text: string): string {
  if (!/^[a-z0-9]+([-_]+[a-z0-9]+)*[-_]*$/.test(text) || text.length > 64) {
    const expected = 'a slug of lower-case letters, digits and dashes'
    throw new ClerkRefusal('form_param_format_invalid', { param: 'slug', expected })
  }
  return text
}

/** A slug for a name, or `organization` when no letter of it can stand in one. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.slice(0, 48).replaceAll(/^-+|-+$/g, '') || 'organization'
}

/** Where a link leads in the end: a path of the application, or a full address. */
export function requireTargetForm(text: string, param: string): string {
  return /^\/(?![/\\])/.test(text) ? text : requireAddressForm(text, param)
}

/** A full address with a scheme: `https://…`, or a scheme of an app's own. Refuses schemes that run code. */
export function requireAddressForm(text: string, param: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !text.includes('://') || ['javascript:', 'data:', 'vbscript:'].includes(url.protocol)) {
    throw new ClerkRefusal('form_param_format_invalid', { param, expected: 'a valid url with a scheme' })
  }
  return text
}
