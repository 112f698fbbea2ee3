// What Clerk says when an id names nothing: one code, and a sentence for each kind of resource.

import { ClerkRefusal } from './clerk-refusal.ts'

const words = {
  user: ['not found', 'No user was found with id'],
  email_address: ['Resource not found', 'No email address was found with id'],
  phone_number: ['Resource not found', 'No phone number was found with id'],
  passkey: ['Resource not found', 'No passkey was found with id'],
  session: ['Session not found', 'No session was found with id'],
  organization: ['not found', 'No organization was found with id or slug'],
  organization_membership: ['not found', 'The organization has no member with user id'],
  organization_role: ['not found', 'No organization role was found with id or key'],
  organization_permission: ['not found', 'No organization permission was found with id or key'],
  organization_domain: ['not found', 'No organization domain was found with id'],
  organization_suggestion: ['not found', 'No organization suggestion was found with id'],
  organization_membership_request: ['not found', 'No membership request was found with id'],
  role_set: ['not found', 'No role set was found with id or key'],
  image: ['not found', 'No image was found with id'],
  jwt_template: ['JWT template not found', 'No JWT template exists with id or name:'],
  webhook_endpoint: ['not found', 'No webhook endpoint was found with id'],
  event: ['not found', 'The endpoint takes no event with id'],
  listed_identifier: ['Identifier not found', 'No identifier was found with id'],
  redirect_url: ['not found', 'No redirect URL was found with id'],
  waitlist_entry: ['not found', 'No waitlist entry was found with id'],
  domain: ['not found', 'No domain was found with id'],
  client: ['Client not found', 'No client was found with id'],
  oauth_token: ['not found', 'No OAuth token was found with'],
  external_account: ['Resource not found', 'No external account was found with id'],
  oauth_application: ['not found', 'No OAuth application was found with id'],
  invitation: ['not found', 'No invitation was found with id'],
  actor_token: ['not found', 'No actor token was found with id'],
  sign_in_token: ['not found', 'No sign in token was found with id'],
  sign_in: ['Sign in not found', 'No sign in was found with id'],
  sign_up: ['Sign up not found', 'No sign up was found with id'],
  signing_key: ['not found', 'No signing key was found with id'],
  instance: ['Instance not found', 'No instance of this server is called'],
} as const

/** The refusal for an id that names no resource of this instance. */
export function notFound(kind: keyof typeof words, id: string): ClerkRefusal<'resource_not_found'> {
  const [message, sentence] = words[kind]
  return new ClerkRefusal('resource_not_found', { message, longMessage: `${sentence} ${id}` })
}

/** The refusal of a request whose subject, a user for example, was deleted while it was answered. */
export function goneMeanwhile(cause: unknown): ClerkRefusal<'resource_not_found'> {
  const longMessage = 'What this request is about was deleted while it was answered.'
  return new ClerkRefusal('resource_not_found', { message: 'not found', longMessage }, { cause })
}
