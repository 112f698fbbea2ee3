// What people are told by e-mail when something about their account changes, so that a change that was not theirs
// does not go unnoticed. Slugs are Clerk's.

/** A notice before it is addressed. */
export interface AccountNotice {
  readonly slug:
    | 'password_changed'
    | 'password_removed'
    | 'primary_email_address_changed'
    | 'passkey_added'
    | 'passkey_removed'
  readonly subject: string
  readonly line: string
}

export const passwordChangedNotice: AccountNotice = {
  slug: 'password_changed',
  subject: 'Your password was changed',
  line: 'The password of your account was changed.',
}

export const passwordRemovedNotice: AccountNotice = {
  slug: 'password_removed',
  subject: 'Your password was removed',
  line: 'The password of your account was removed.',
}

export const primaryAddressChangedNotice: AccountNotice = {
  slug: 'primary_email_address_changed',
  subject: 'Your primary email address was changed',
  line: 'Another email address is the primary one of your account now.',
}

export const passkeyAddedNotice: AccountNotice = {
  slug: 'passkey_added',
  subject: 'A passkey was added to your account',
  line: 'Somebody can sign in to your account with a new passkey.',
}

export const passkeyRemovedNotice: AccountNotice = {
  slug: 'passkey_removed',
  subject: 'A passkey was removed from your account',
  line: 'A passkey of your account does not work any more.',
}
