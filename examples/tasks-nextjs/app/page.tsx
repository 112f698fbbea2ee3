'use client'

import { Show } from '@clerk/nextjs'

import { OrganizationAttachments } from '../attachments/organization-attachments'
import { PersonalAttachments } from '../attachments/personal-attachments'
import { useNativeClient } from '../clients/native-client'
import { Welcome } from '../site/welcome'
import { OrganizationTasks } from '../tasks/organization-tasks'
import { PersonalTasks } from '../tasks/personal-tasks'
import { PrivateNotes } from '../tasks/private-notes'

/** The native integration: session tokens. */
export default function TasksPage() {
  return (
    <Show when="signed-in" fallback={<Welcome />}>
      <PersonalTasks useClient={useNativeClient} />
      <OrganizationTasks />
      <PersonalAttachments />
      <OrganizationAttachments />
      <PrivateNotes />
    </Show>
  )
}
