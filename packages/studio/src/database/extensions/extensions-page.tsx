// Database → Extensions: what Postgres can be taught, as cards with a switch.

import { useState } from 'react'

import { Empty, Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Input } from '../../ui/form/input.tsx'
import { usePlatform } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import { EnableDialog } from './enable-dialog.tsx'
import type { Extension } from './extension.ts'
import { ExtensionCard } from './extension-card.tsx'

interface Listing {
  readonly extensions: readonly Extension[]
}

export function ExtensionsPage() {
  const listing = usePlatform<Listing>('/extensions')
  const [search, setSearch] = useState('')
  const [enabling, setEnabling] = useState<Extension | null>(null)
  const [disabling, setDisabling] = useState<Extension | null>(null)
  const wanted = search.trim().toLowerCase()
  const found = (listing.data?.extensions ?? []).filter(({ name, comment }) =>
    `${name} ${comment}`.toLowerCase().includes(wanted),
  )
  const toggle = (extension: Extension) =>
    extension.installed === null ? setEnabling(extension) : setDisabling(extension)
  return (
    <Page title="Extensions" description="What this Postgres can be taught beyond what it knows.">
      <Input
        type="search"
        aria-label="Search for an extension"
        placeholder="Search for an extension"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        className="w-60"
      />
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && found.length === 0 && <Empty title={`No extension is like “${search}”`} />}
      <Cards title="Enabled" extensions={found.filter(({ installed }) => installed !== null)} onToggle={toggle} />
      <Cards
        title="Available"
        extensions={found.filter(({ installed, available }) => installed === null && available)}
        onToggle={toggle}
      />
      <Cards title="Not available" extensions={found.filter(({ available }) => !available)} onToggle={toggle} />
      {enabling !== null && <EnableDialog extension={enabling} onClose={() => setEnabling(null)} />}
      {disabling !== null && (
        <DropConfirm
          title={`Disable ${disabling.name}?`}
          body="Its functions, types and tables go."
          action="Disable extension"
          path={`/extensions/${encodeURIComponent(disabling.name)}`}
          further={{ search: '?cascade=true', action: 'Disable it and drop all of these' }}
          done={`The extension ${disabling.name} was disabled.`}
          onClose={() => setDisabling(null)}
        />
      )}
    </Page>
  )
}

interface CardsProps {
  readonly title: string
  readonly extensions: readonly Extension[]
  readonly onToggle: (extension: Extension) => void
}

function Cards({ title, extensions, onToggle }: CardsProps) {
  if (extensions.length === 0) return null
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{`${title} (${extensions.length})`}</h2>
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {extensions.map((extension) => (
          <ExtensionCard key={extension.name} extension={extension} onToggle={() => onToggle(extension)} />
        ))}
      </ul>
    </section>
  )
}
