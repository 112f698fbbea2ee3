// One extension: what it is, and whether it is enabled.

import { Badge } from '../../ui/display/badge.tsx'
import { Switch } from '../../ui/form/toggle.tsx'
import type { Extension } from './extension.ts'

interface ExtensionCardProps {
  readonly extension: Extension
  readonly onToggle: () => void
}

export function ExtensionCard({ extension, onToggle }: ExtensionCardProps) {
  const { name, version, installed, schema, comment, available, reason } = extension
  // Without plpgsql hardly a function runs.
  const kept = name === 'plpgsql'
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-2">
        <h3 className="min-w-0 font-mono text-sm font-semibold break-all">{name}</h3>
        <Switch
          label={`${name} is enabled`}
          hideLabel
          checked={installed !== null}
          disabled={!available || kept}
          onChange={onToggle}
        />
      </div>
      <p className="text-sm text-quiet">{comment}</p>
      <div className="mt-auto flex flex-wrap gap-1.5">
        {(installed ?? version) !== null && <Badge>{`version ${installed ?? version}`}</Badge>}
        {schema !== null && <Badge>{`schema ${schema}`}</Badge>}
        {installed !== null && version !== null && installed !== version && (
          <Badge tone="warning">{`version ${version} is available`}</Badge>
        )}
        {!available && <Badge tone="warning">Not available</Badge>}
      </div>
      {reason !== null && <p className="text-xs text-quiet">{reason}</p>}
    </li>
  )
}
