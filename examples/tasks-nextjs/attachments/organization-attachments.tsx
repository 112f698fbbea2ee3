'use client'

import { useOrganization } from '@clerk/nextjs'

import { AttachmentFolder } from './attachment-folder'

/** Files of the active organisation, which all its members share. */
export function OrganizationAttachments() {
  const { organization } = useOrganization()
  if (!organization) return null
  return (
    <section aria-label="Organisation attachments">
      <h2>Attachments of {organization.name}</h2>
      <AttachmentFolder folder={organization.id} />
    </section>
  )
}
