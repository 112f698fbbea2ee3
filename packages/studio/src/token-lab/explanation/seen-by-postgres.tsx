// What a policy can read of the token, and the way to look through its bearer's eyes.

import { useNavigate } from '@tanstack/react-router'
import { Eye } from 'lucide-react'

import { navigation } from '../../app/navigation.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/display/copy.tsx'
import { Card } from '../../ui/display/page.tsx'
import { toast } from '../../ui/overlay/toast.tsx'
import { rememberIdentity } from '../../view-as/recent-identities.ts'
import { setViewAs, type ViewAs } from '../../view-as/view-as.ts'
import { type Explanation, identityOf, settingsSql } from './explanation.ts'

export function SeenByPostgres({ explanation }: { readonly explanation: Explanation }) {
  const sql = settingsSql(explanation)
  const identity = identityOf(explanation)
  if (sql === null || identity === null) return null
  return (
    <Card title="What Postgres will see" actions={<CopyButton text={sql} label="Copy the SQL" />}>
      <p className="text-sm">
        Role <code className="font-mono font-medium">{identity.role}</code>, and these settings, for the one request.
      </p>
      <pre
        tabIndex={0}
        aria-label="Settings as SQL"
        className="overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs"
      >
        {sql}
      </pre>
      <UseIdentity identity={identity} />
    </Card>
  )
}

/** Screens that look through the tab's identity. */
const viewers = new Set(['Table Editor', 'SQL Editor'])

function UseIdentity({ identity }: { readonly identity: ViewAs }) {
  const navigate = useNavigate()
  const goals = navigation
    .filter(({ label }) => viewers.has(label))
    .flatMap(({ label, entries: [first] }) => (first === undefined ? [] : [{ label, to: first.to }]))
  const use = () => {
    setViewAs(identity)
    rememberIdentity(identity)
    toast.good(`This tab looks through the eyes of ${identity.label}.`)
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={use}>
        <Eye aria-hidden />
        View as this identity
      </Button>
      {goals.map(({ label, to }) => (
        <Button
          key={to}
          onClick={() => {
            use()
            void navigate({ to })
          }}
        >
          Use it as identity in the {label}
        </Button>
      ))}
    </div>
  )
}
