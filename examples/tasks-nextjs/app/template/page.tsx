'use client'

import { Show } from '@clerk/nextjs'

import { useTemplateClient } from '../../clients/template-client'
import { Welcome } from '../../site/welcome'
import { PersonalTasks } from '../../tasks/personal-tasks'

/** The same tasks through a JWT template, whose tokens say nothing of organisations or of a second factor. */
export default function TemplatePage() {
  return (
    <Show when="signed-in" fallback={<Welcome />}>
      <PersonalTasks useClient={useTemplateClient} />
    </Show>
  )
}
