// What stands around every screen of an instance: nothing, unless there is another one to choose.

import { Outlet, useNavigate } from '@tanstack/react-router'

import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Select } from '../../ui/form/select.tsx'
import { useInstanceName } from '../api/clerk-request.ts'
import { type ClerkInstance, useInstances } from '../../api/clerk/instances.ts'
import { ClerkLink } from '../parts/within-instance.tsx'
import { clerkScreens } from '../navigation.ts'

/** The screen of the instance in the address; says so where there is none of that name. */
export function ClerkFrame() {
  const name = useInstanceName()
  const instances = useInstances()
  if (instances.isPending) return <Loading />
  if (instances.isError) {
    return (
      <Page title="Clerk">
        <RefusalNote error={instances.error} />
      </Page>
    )
  }
  if (!instances.data.some((instance) => instance.name === name)) return <NoSuchInstance name={name} />
  return (
    <>
      {instances.data.length > 1 && <InstanceBar name={name} instances={instances.data} />}
      <Outlet key={name} />
    </>
  )
}

function NoSuchInstance({ name }: { readonly name: string }) {
  return (
    <Page title="Clerk">
      <Empty
        title={`There is no Clerk instance “${name}” here`}
        body="The built-in instances are those of [clerk] in supabase/config.toml. Hosted instances are administered at Clerk."
      />
    </Page>
  )
}

interface InstanceBarProps {
  readonly name: string
  readonly instances: readonly ClerkInstance[]
}

/** Which instance, and its screens: the sidebar's lead to the default one. */
function InstanceBar({ name, instances }: InstanceBarProps) {
  const navigate = useNavigate()
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2">
      <div className="w-48">
        <Select
          label="Clerk instance"
          value={name}
          onChange={(next) => void navigate({ to: '/clerk/$instance/users', params: { instance: next } })}
          options={instances.map((instance) => ({ value: instance.name, label: instance.name, hint: instance.domain }))}
        />
      </div>
      <nav aria-label="Screens of the instance" className="flex min-w-0 gap-1 overflow-x-auto">
        {clerkScreens.map(({ label, to }) => (
          <ClerkLink
            key={to}
            to={to}
            className="rounded-md px-2 py-1 text-sm whitespace-nowrap text-quiet no-underline hover:text-text data-[status=active]:bg-brand-soft data-[status=active]:text-brand-strong"
          >
            {label}
          </ClerkLink>
        ))}
      </nav>
    </div>
  )
}
