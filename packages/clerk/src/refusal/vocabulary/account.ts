// People: what identifies them and what proves them.

import { type Nothing, type Param, type Renderings, atParam } from '../rendering.ts'

export interface AccountRefusals {
  form_identifier_exists: Param & { readonly identifier: string }
  form_username_invalid_length: { readonly least: number; readonly most: number }
  form_username_invalid_character: Nothing
  form_password_length_too_short: Partial<Param> & { readonly least: number }
  form_password_length_too_long: Partial<Param> & { readonly most: number }
  form_password_digest_invalid_code: { readonly hasher: string }
  identification_update_failed: { readonly reason: string }
  incorrect_password: Nothing
  no_password_set: Nothing
  user_banned: Nothing
}

export const accountRenderings: Renderings<AccountRefusals> = {
  form_identifier_exists: ({ param, identifier }) => atParam(param, `That ${identifier} is taken. Please try another.`),
  form_username_invalid_length: ({ least, most }) =>
    atParam('username', `Username must be between ${least} and ${most} characters long.`),
  form_username_invalid_character: () =>
    atParam('username', "Username can only contain letters, numbers and '_' or '-'."),
  form_password_length_too_short: ({ least, param = 'password' }) =>
    atParam(param, `Passwords must be ${least} characters or more.`),
  form_password_length_too_long: ({ most, param = 'password' }) =>
    atParam(param, `Passwords must be less than ${most} characters.`),
  form_password_digest_invalid_code: ({ hasher }) =>
    atParam('password_digest', `The password digest is not a valid ${hasher} digest.`),
  identification_update_failed: ({ reason }) => ({ status: 400, message: 'Update failed', longMessage: reason }),
  incorrect_password: () => ({
    status: 422,
    message: 'incorrect password',
    longMessage: 'The provided password is not the one the user has set',
  }),
  no_password_set: () => ({
    status: 400,
    message: 'no password set',
    longMessage: 'This user does not have a password set for their account',
  }),
  user_banned: () => ({
    status: 403,
    message: 'User banned',
    longMessage: 'This user is banned and cannot have new sessions.',
  }),
}
