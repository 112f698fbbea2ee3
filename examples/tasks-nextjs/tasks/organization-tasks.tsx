'use client'

import { useOrganization } from '@clerk/nextjs'

import { useNativeClient } from '../clients/native-client'
import { AddForm } from './add-form'
import { RefusalNote } from './refusal-note'
import { useRows } from './use-rows'

interface OrganizationTask {
  readonly id: number
  readonly name: string
}

/** Tasks of the active organisation: its members see them, only its admins may add one. */
export function OrganizationTasks() {
  const client = useNativeClient()
  const { organization } = useOrganization()
  const { rows, refusal, change } = useRows<OrganizationTask>(client, 'organization_tasks')

  if (!organization) {
    return (
      <section aria-label="Organisation tasks">
        <h2>Organisation tasks</h2>
        <p className="quiet">Choose or create an organisation at the top of the page.</p>
      </section>
    )
  }
  return (
    <section aria-label="Organisation tasks">
      <h2>Tasks of {organization.name}</h2>
      <ul>
        {rows?.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      {rows?.length === 0 && <p className="quiet">Nothing to do together.</p>}
      <AddForm
        label="New organisation task"
        add={async (name) => await change(client.from('organization_tasks').insert({ name }))}
      />
      <RefusalNote refusal={refusal} />
    </section>
  )
}
