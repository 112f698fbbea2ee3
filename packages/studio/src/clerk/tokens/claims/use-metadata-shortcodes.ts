// The shortcodes that somebody's metadata goes on with.

import { useMemo } from 'react'

import { useClerk } from '../../api/clerk-request.ts'
import type { Subject } from './preview-subject.tsx'
import { type Shortcode, shortcodesWithin } from './shortcodes.ts'

interface WithMetadata {
  readonly public_metadata: Readonly<Record<string, unknown>>
  readonly unsafe_metadata?: Readonly<Record<string, unknown>>
}

/** Of the user and of the organization that a preview is for; none until they are known. */
export function useMetadataShortcodes({ userId, organizationId }: Subject): readonly Shortcode[] {
  const user = useClerk<WithMetadata>(userId === '' ? null : `/users/${userId}`).data
  const organization = useClerk<WithMetadata>(organizationId === '' ? null : `/organizations/${organizationId}`).data
  return useMemo(
    () => [
      ...shortcodesWithin('user.public_metadata', user?.public_metadata ?? {}),
      ...shortcodesWithin('user.unsafe_metadata', user?.unsafe_metadata ?? {}),
      ...shortcodesWithin('org.public_metadata', organization?.public_metadata ?? {}),
    ],
    [user, organization],
  )
}
