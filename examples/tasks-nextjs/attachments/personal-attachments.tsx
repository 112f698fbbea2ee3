'use client'

import { useUser } from '@clerk/nextjs'

import { AttachmentFolder } from './attachment-folder'

/** One's own files. The folder is one's own id, and the policies let nobody else into it. */
export function PersonalAttachments() {
  const { user } = useUser()
  return (
    <section aria-label="Your attachments">
      <h2>Your attachments</h2>
      {user && <AttachmentFolder folder={user.id} />}
    </section>
  )
}
