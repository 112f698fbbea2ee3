// The forms of what names the parts of organizations.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'

/** The key of a role: `org:` and lower-case letters, digits and `_`. */
export function requireRoleKeyForm(text: string): string {
  if (/^org:[a-z0-9_]+$/.test(text)) return text
  const expected = 'org: followed by lower-case letters, digits and underscores'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'key', expected })
}

/** The key of a permission of the instance's own: `org:<feature>:<action>`. The system's begin with `org:sys_`. */
export function requirePermissionKeyForm(text: string): string {
  if (/^org:(?!sys_)[a-z0-9_]+:[a-z0-9_]+$/.test(text)) return text
  const expected = 'org:feature:action in lower-case letters, digits and underscores, without the prefix sys_'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'key', expected })
}

/** A domain name in lower case. Refuses what has no dot, or cannot be one. */
export function requireDomainForm(text: string, param = 'name'): string {
  const name = text.toLowerCase()
  if (name.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(name))
    return name
  throw new ClerkRefusal('form_param_format_invalid', { param, expected: 'a domain name, for example example.com' })
}

/** The key of a role set: `role_set:` and lower-case letters, digits and `_`. */
export function requireRoleSetKeyForm(text: string): string {
  if (/^role_set:[a-z0-9_]+$/.test(text)) return text
  const expected = 'role_set: followed by lower-case letters, digits and underscores'
  throw new ClerkRefusal('form_param_format_invalid', { param: 'key', expected })
}
