// Authentication → Third-Party Auth: whose tokens the API accepts besides the project's own.

import { useNavigate, useSearch } from '@tanstack/react-router'

import { Empty, Loading, Page } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Menu } from '../ui/overlay/menu.tsx'
import { AddDialog } from './adding/add-dialog.tsx'
import { providers } from './adding/providers.ts'
import { IntegrationCard } from './card/integration-card.tsx'
import { useIntegrations } from './queries.ts'

const FROM = '/auth/third-party'

export function ThirdPartyAuthPage() {
  const { add } = useSearch({ from: FROM })
  const navigate = useNavigate({ from: FROM })
  const { data, error, isPending } = useIntegrations()
  const menu = (
    <Menu
      label="Add provider"
      variant="primary"
      items={providers.map(({ type, label }) => ({
        label,
        onSelect: () => void navigate({ search: { add: type } }),
      }))}
    />
  )
  const none = data?.integrations.length === 0
  return (
    <Page
      title="Third-Party Auth"
      description="Accept the tokens of other authentication providers, and let policies decide by their claims."
      // Not before it is known where the menu belongs: one that is open must not go.
      actions={data !== undefined && !none && menu}
    >
      <RefusalNote error={error} />
      {isPending && <Loading />}
      {data?.problem !== null && data !== undefined && (
        <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-sm break-words text-warning">
          {data.file} cannot be read, so nothing can be changed here: {data.problem}
        </p>
      )}
      {none && (
        <Empty
          title="Add an authentication provider"
          body="No provider is trusted: only tokens that the project signed itself are accepted."
          action={menu}
        />
      )}
      {data?.integrations.map((integration) => (
        <IntegrationCard key={integration.id} integration={integration} />
      ))}
      {add !== undefined && <AddDialog key={add} type={add} onClose={() => void navigate({ search: {} })} />}
    </Page>
  )
}
