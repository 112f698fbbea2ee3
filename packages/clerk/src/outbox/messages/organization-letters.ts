// The letters about organizations, as people read them in the mailbox.

import { escapeHtml } from '../../http/escape-html.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { OrganizationInvitation } from '../../state/organizations/organization-invitations.ts'
import type { NewMessage } from './record-message.ts'

/** The letter that invites somebody; `data.action_url` is the link. */
export function organizationInvitationLetter(
  instance: Instance,
  { emailAddress, organization, inviter }: OrganizationInvitation,
  url: string,
): NewMessage {
  const who = inviter === null ? 'You have been invited' : `${inviterName(inviter)} invited you`
  const line = `${who} to join ${organization.name}.`
  return {
    channel: 'email',
    recipient: emailAddress,
    slug: 'organization_invitation',
    subject: `Join ${organization.name}`,
    bodyText: `${line}\n\nAccept the invitation:\n${url}\n`,
    bodyHtml: `<p>${escapeHtml(line)}</p><p><a href="${escapeHtml(url)}">Accept the invitation</a></p>`,
    data: {
      action_url: url,
      app_name: instance.applicationName,
      inviter_name: inviter === null ? null : inviterName(inviter),
      org_name: organization.name,
    },
    userId: null,
  }
}

/** The letter with the code that proves an address at an organization's domain; `data.otp_code` is the code. */
export function affiliationCodeLetter(recipient: string, organizationName: string, code: string): NewMessage {
  const line = `${code} is the code that verifies this address for ${organizationName}.`
  return {
    channel: 'email',
    recipient,
    slug: 'affiliation_code',
    subject: `${code} is your verification code`,
    bodyText: `${line}\n`,
    bodyHtml: `<p>${escapeHtml(line)}</p>`,
    data: { otp_code: code, org_name: organizationName },
    userId: null,
  }
}

function inviterName({ firstName, lastName, identifier }: NonNullable<OrganizationInvitation['inviter']>): string {
  return [firstName, lastName].filter(Boolean).join(' ') || (identifier ?? 'Somebody')
}
