// What people may not do to their own account, and what they have to prove again before they may.

import { atParam, type Nothing, type Param, type Rendering, type Renderings } from '../rendering.ts'

/** How strong a proof is asked for. */
export type ReverificationLevel = 'first_factor' | 'second_factor' | 'multi_factor'

export interface ProfileRefusals {
  session_reverification_required: { readonly level: ReverificationLevel; readonly afterMinutes: number }
  session_reverification_missing: Nothing
  invalid_action_for_session_reverification: { readonly action: string; readonly status: string }
  user_delete_self_not_enabled: Nothing
  form_password_validation_failed: Param
  password_required: Nothing
  identification_deletion_failed: Nothing
  last_required_identification_deletion_failed: { readonly identifier: string }
  identification_set_for_2fa_failed: Nothing
  too_many_unverified_identifications: { readonly most: number }
}

export const profileRenderings: Renderings<ProfileRefusals> = {
  session_reverification_required: ({ level, afterMinutes }) => ({
    status: 403,
    message: 'Reverification required',
    longMessage: `This change needs a factor that was verified in the last ${afterMinutes} minutes. Verify it again.`,
    meta: { reverification: { level, afterMinutes } },
  }),
  session_reverification_missing: () =>
    bad('is missing', 'Start the verification of the session before its factors are prepared or attempted.'),
  invalid_action_for_session_reverification: ({ action, status }) =>
    bad('Invalid action for session reverification', `The verification is at ${status}, where ${action} has no place.`),
  user_delete_self_not_enabled: () => ({
    status: 403,
    message: 'delete self not enabled',
    longMessage: 'People may not delete their own account here.',
  }),
  form_password_validation_failed: ({ param }) => atParam(param, 'Incorrect password. Please try again.'),
  password_required: () =>
    bad('password required', 'A password is required at this instance, so it can be changed but not removed.'),
  identification_deletion_failed: () => bad('Deletion failed', 'You cannot delete your last identification.'),
  last_required_identification_deletion_failed: ({ identifier }) => ({
    ...bad(`Deleting your last ${identifier} is prohibited`, `Your account must keep at least one ${identifier}.`),
    code: 'last_required_identification_deletion_failed_code',
  }),
  identification_set_for_2fa_failed: () => ({
    ...bad('Update failed', 'You cannot set your last identification as second factor.'),
    code: 'identification_set_for2_f_a_failed_code',
  }),
  too_many_unverified_identifications: ({ most }) =>
    bad('too many unverified contacts', `At most ${most} addresses or numbers may wait to be verified.`),
}

function bad(message: string, longMessage: string): Rendering {
  return { status: 400, message, longMessage }
}
