// The project's address and the keys that clients show.

import type { ReactNode } from 'react'

import { CopyValue, Secret } from '../../ui/display/copy.tsx'
import { Card } from '../../ui/display/page.tsx'
import type { ApiSettings, ShownKey } from '../queries.ts'
import { SourceBadge } from './source-badge.tsx'

export function ProjectUrl({ url }: Pick<ApiSettings, 'url'>) {
  return (
    <Card title="Project URL">
      <p className="text-sm text-quiet">What clients are pointed at: createClient(url, key).</p>
      <CopyValue label="Project URL" value={url} />
    </Card>
  )
}

export function ProjectKeys({ keys }: Pick<ApiSettings, 'keys'>) {
  return (
    <Card title="Project API keys">
      <Key name="Publishable key" shown={keys.publishable} open>
        For browsers and apps. Row Level Security decides what it sees.
      </Key>
      <Key name="Secret key" shown={keys.secret}>
        For servers alone: it passes by Row Level Security, and administers this project.
      </Key>
      <Key name="anon key" shown={keys.anon} open>
        The publishable key of older clients, a JWT of the role anon.
      </Key>
      <Key name="service_role key" shown={keys.serviceRole}>
        The secret key of older clients, a JWT of the role service_role.
      </Key>
    </Card>
  )
}

interface KeyProps {
  readonly name: string
  readonly shown: ShownKey
  /** Nothing that has to be hidden. */
  readonly open?: boolean
  readonly children: ReactNode
}

function Key({ name, shown: { value, source }, open = false, children }: KeyProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium">
        {name} <SourceBadge source={source} />
      </h3>
      <p className="text-xs text-quiet">{children}</p>
      {open ? <CopyValue label={name} value={value} /> : <Secret label={name} value={value} />}
    </div>
  )
}
