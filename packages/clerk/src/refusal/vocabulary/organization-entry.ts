// The ways into an organization: invitations, domains, suggestions, requests.

import { type Nothing, type Param, type Renderings, atParam } from '../rendering.ts'

export interface OrganizationEntryRefusals {
  invited_member_exists: { readonly emailAddress: string }
  duplicate_organization_invitation: { readonly emailAddresses: readonly string[] }
  organization_invitation_not_found: { readonly id: string }
  organization_invitation_not_pending: Nothing
  organization_invitation_already_accepted: Nothing
  organization_invitation_revoked_code: Nothing
  organization_invitation_expired: Nothing
  organization_invitation_mismatch: Nothing
  organization_invitation_to_deleted_organization: Nothing
  organization_suggestion_already_accepted: Nothing
  organization_membership_request_not_pending: Nothing
  organization_domains_not_enabled: Nothing
  organization_domain_already_exists: Nothing
  organization_domain_common: Nothing
  organization_domain_mismatch: Nothing
  organization_domain_quota_exceeded: { readonly most: number }
  organization_domain_enrollment_mode_not_enabled: { readonly mode: string }
  organization_unlimited_membership_required: Nothing
  affiliation_already_verified: Nothing
  affiliation_not_prepared: Nothing
  affiliation_code_incorrect: Param
  affiliation_code_expired: Nothing
  affiliation_attempts_exceeded: Nothing
}

export const organizationEntryRenderings: Renderings<OrganizationEntryRefusals> = {
  // The components find the address in the sentence.
  invited_member_exists: ({ emailAddress }) => ({
    status: 400,
    code: 'already_a_member_in_organization',
    message: 'already a member',
    longMessage: `${emailAddress} is already a member of the organization.`,
  }),
  // clerk-js knows this one by `duplicate_record` and reads the addresses from `meta`.
  duplicate_organization_invitation: ({ emailAddresses }) => ({
    status: 400,
    code: 'duplicate_record',
    message: 'duplicate invitation',
    longMessage: `Invitations are already pending for these email addresses: ${emailAddresses.join(', ')}`,
    meta: { email_addresses: emailAddresses },
  }),
  organization_invitation_not_found: ({ id }) => ({
    status: 404,
    message: 'not found',
    longMessage: `No invitation found with id ${id}.`,
  }),
  organization_invitation_not_pending: () => ({
    status: 404,
    message: 'not pending',
    longMessage: "The organization invitation is not in the 'pending' status.",
  }),
  organization_invitation_already_accepted: () => ({
    status: 400,
    message: 'invitation has already been accepted',
    longMessage: 'This invitation has already been accepted. Sign in instead.',
  }),
  organization_invitation_revoked_code: () => ({
    status: 400,
    message: 'invitation has been revoked',
    longMessage: 'This invitation has been revoked and cannot be used anymore.',
  }),
  organization_invitation_expired: () => ({
    status: 400,
    code: 'ticket_expired_code',
    message: 'ticket is expired',
    longMessage: 'This invitation has expired. Ask for another one.',
  }),
  organization_invitation_mismatch: () => ({
    status: 400,
    code: 'organization_invitation_identification_not_exist',
    message: 'identification not found',
    longMessage: 'The invitation was sent to an email address that is not one of your verified ones.',
  }),
  organization_invitation_to_deleted_organization: () => ({
    status: 400,
    message: 'organization invitation to deleted organization',
    longMessage: 'This invitation refers to an organization that has been deleted.',
  }),
  organization_suggestion_already_accepted: () => ({
    status: 400,
    message: 'suggestion has already been accepted',
    longMessage: 'This organization suggestion has already been accepted.',
  }),
  organization_membership_request_not_pending: () => ({
    status: 404,
    message: 'not pending',
    longMessage: "The membership request is not in the 'pending' status.",
  }),
  organization_domains_not_enabled: () => ({
    status: 403,
    message: 'organization domains not enabled',
    longMessage: 'Verified domains of organizations are not enabled on this instance.',
  }),
  organization_domain_already_exists: () => ({
    ...atParam('name', 'organization domain already exists', 'This domain is already used by another organization.'),
  }),
  organization_domain_common: () =>
    atParam('name', 'common email domain', 'This is a common email provider domain. Please use a different one.'),
  organization_domain_mismatch: () =>
    atParam(
      'affiliation_email_address',
      'Organization domain mismatch',
      "The provided email address doesn't match the organization domain name.",
    ),
  organization_domain_quota_exceeded: ({ most }) => ({
    status: 403,
    message: 'organization domains quota exceeded',
    longMessage: `You have reached your limit of ${most} domains per organization.`,
  }),
  organization_domain_enrollment_mode_not_enabled: ({ mode }) => ({
    status: 403,
    message: 'organization enrollment mode not enabled',
    longMessage: `Enrollment mode ${mode} is not enabled for the organizations of this instance.`,
  }),
  organization_unlimited_membership_required: () => ({
    status: 403,
    message: 'organization has limited memberships',
    longMessage: 'People can only join by themselves where the number of members is not limited.',
  }),
  affiliation_already_verified: () => ({
    status: 400,
    code: 'verification_already_verified',
    message: 'already verified',
    longMessage: 'This verification has already been verified.',
  }),
  affiliation_not_prepared: () => ({
    status: 400,
    code: 'verification_missing',
    message: 'missing verification',
    longMessage: 'Ask for a verification code first.',
  }),
  affiliation_code_incorrect: ({ param }) => ({
    ...atParam(param, 'is incorrect', 'Incorrect code'),
    code: 'form_code_incorrect',
  }),
  affiliation_code_expired: () => ({
    status: 400,
    code: 'verification_expired',
    message: 'expired',
    longMessage: 'This verification has expired. You must create a new one.',
  }),
  affiliation_attempts_exceeded: () => ({
    status: 400,
    code: 'verification_failed',
    message: 'failed',
    longMessage: 'Too many failed attempts. You have to ask for a new code.',
  }),
}
