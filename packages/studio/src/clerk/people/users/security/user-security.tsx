// What proves that a user is who she says, and how to take it away when she has lost it.

import { useState } from 'react'

import type { ClerkCall } from '../../../../api/clerk/ask-clerk.ts'
import { Button } from '../../../../ui/button.tsx'
import { Badge } from '../../../../ui/display/badge.tsx'
import { Card } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Confirm } from '../../../../ui/overlay/confirm.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../../api/clerk-request.ts'
import { timeOf } from '../../../../ui/words/time-of.ts'
import type { User } from '../user.ts'
import { PasswordCard } from './password-card.tsx'

/** Something that is taken away once it was confirmed. */
interface Removal {
  readonly what: string
  readonly call: ClerkCall
}

export function UserSecurity({ user }: { readonly user: User }) {
  const [removal, setRemoval] = useState<Removal | null>(null)
  return (
    <div className="flex flex-col gap-5">
      <PasswordCard user={user} />
      <SecondFactors user={user} onRemove={setRemoval} />
      <Passkeys user={user} onRemove={setRemoval} />
      {removal !== null && <ConfirmRemoval removal={removal} onClose={() => setRemoval(null)} />}
    </div>
  )
}

interface FactorProps {
  readonly user: User
  readonly onRemove: (removal: Removal) => void
}

function SecondFactors({ user, onRemove }: FactorProps) {
  const path = `/users/${user.id}`
  const factors = [
    { on: user.totp_enabled, what: 'Authenticator application', path: `${path}/totp` },
    { on: user.backup_code_enabled, what: 'Backup codes', path: `${path}/backup_code` },
  ]
  const remove = (what: string, at: string) => onRemove({ what, call: { method: 'DELETE', path: at } })
  return (
    <Card
      title="Multi-factor"
      actions={
        <Button
          size="sm"
          disabled={!user.two_factor_enabled}
          onClick={() => remove('Every second factor', `${path}/mfa`)}
        >
          Remove MFA
        </Button>
      }
    >
      {factors.map(({ on, what, path: at }) => (
        <div key={what} className="flex flex-wrap items-center gap-2 text-sm">
          {what}
          <Badge tone={on ? 'good' : 'neutral'}>{on ? 'On' : 'Off'}</Badge>
          {on && (
            <Button size="sm" className="ml-auto" aria-label={`Remove ${what}`} onClick={() => remove(what, at)}>
              Remove
            </Button>
          )}
        </div>
      ))}
    </Card>
  )
}

function Passkeys({ user, onRemove }: FactorProps) {
  return (
    <Card title="Passkeys">
      {user.passkeys.length === 0 && <p className="text-sm text-quiet">She has none.</p>}
      <ul className="flex flex-col gap-2">
        {user.passkeys.map(({ id, name, last_used_at: used }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 text-sm">
            {name} <span className="text-quiet">last used {timeOf(used)}</span>
            <Button
              size="sm"
              className="ml-auto"
              aria-label={`Remove the passkey ${name}`}
              onClick={() =>
                onRemove({
                  what: `The passkey ${name}`,
                  call: { method: 'DELETE', path: `/users/${user.id}/passkeys/${id}` },
                })
              }
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function ConfirmRemoval({ removal, onClose }: { readonly removal: Removal; readonly onClose: () => void }) {
  const remove = useClerkChange<void>(() => removal.call)
  return (
    <Confirm
      open
      title={`Remove: ${removal.what}?`}
      body={
        <>
          <p>She signs in without it from now on, and has to set it up again to have it back.</p>
          <RefusalNote error={remove.error} />
        </>
      }
      action="Remove"
      danger
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            onClose()
            toast.good(`Removed: ${removal.what}.`)
          },
        })
      }
    />
  )
}
