'use client'

import { Show } from '@clerk/nextjs'

import { useNativeClient } from '../clients/native-client'
import { Welcome } from '../site/welcome'
import { OrganizationTasks } from '../tasks/organization-tasks'
import { PersonalTasks } from '../tasks/personal-tasks'
import { PrivateNotes } from '../tasks/private-notes'

/** The native integration: session tokens. */
export default function TasksPage() {
  const client = useNativeClient()
  return (
    <Show when="signed-in" fallback={<Welcome />}>
      <PersonalTasks client={client} />
      <OrganizationTasks client={client} />
      <PrivateNotes client={client} />
    </Show>
  )
}
