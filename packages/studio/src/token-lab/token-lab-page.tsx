// Token lab: what is in a token, what becomes of it here, and tokens to try that with.

import { useInstances } from '../api/clerk/instances.ts'
import { Badge } from '../ui/display/badge.tsx'
import { Loading, Page } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Tabs } from '../ui/display/tabs.tsx'
import { Field } from '../ui/form/field.tsx'
import { Select } from '../ui/form/select.tsx'
import { ExplainTab } from './explain-tab.tsx'
import { FaultsTab } from './forge/faults-tab.tsx'
import { ForgeTab } from './forge/forge-tab.tsx'
import { tokenLabRoute } from './routes.tsx'

export function TokenLabPage() {
  const { tab = 'explain', instance } = tokenLabRoute.useSearch()
  const navigate = tokenLabRoute.useNavigate()
  const chosen = instance === undefined ? {} : { instance }
  const choose = (next: string) => void navigate({ search: { tab, instance: next } })
  const forging = (content: (name: string) => React.ReactNode) => (
    <WithInstance chosen={instance} onChoose={choose} content={content} />
  )
  return (
    <Page
      title="Token lab"
      description="Read in plain words what each check says of a token and what Postgres will see; forge tokens to try it with."
    >
      <Tabs
        label="Token lab"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next, ...chosen } })}
        tabs={[
          { id: 'explain', label: 'Explain a token', content: <ExplainTab /> },
          { id: 'forge', label: 'Forge a token', content: forging((name) => <ForgeTab key={name} instance={name} />) },
          { id: 'faults', label: 'Every fault', content: forging((name) => <FaultsTab key={name} instance={name} />) },
        ]}
      />
    </Page>
  )
}

interface WithInstanceProps {
  readonly chosen: string | undefined
  readonly onChoose: (name: string) => void
  readonly content: (name: string) => React.ReactNode
}

/** Forging takes a built-in development instance; where there are several, one of them is chosen. */
function WithInstance({ chosen, onChoose, content }: WithInstanceProps) {
  const { data, error, isPending } = useInstances()
  if (isPending) return <Loading />
  if (error !== null) return <RefusalNote error={error} />
  const instance = data.find(({ name }) => name === chosen) ?? data[0]
  if (instance === undefined) return <p className="text-sm text-quiet">This server has no Clerk instance of its own.</p>
  return (
    <div className="flex flex-col gap-4">
      {data.length > 1 && (
        <div className="max-w-xs">
          <Field label="Instance">
            <Select
              value={instance.name}
              options={data.map(({ name }) => ({ value: name, label: name }))}
              onChange={onChoose}
            />
          </Field>
        </div>
      )}
      {instance.environment === 'production' && (
        <p className="text-sm">
          <Badge tone="warning">production</Badge> This instance forges nothing.
        </p>
      )}
      {content(instance.name)}
    </div>
  )
}
