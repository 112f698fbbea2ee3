// Where a value comes from.

import { Badge } from '../../ui/display/badge.tsx'
import type { ShownKey } from '../queries.ts'

export function SourceBadge({ source }: Pick<ShownKey, 'source'>) {
  if (source === 'file') return <Badge>From config.toml</Badge>
  if (source === 'derived') return <Badge>Made of the JWT secret</Badge>
  return <Badge tone="warning">Development value, known to everybody</Badge>
}
