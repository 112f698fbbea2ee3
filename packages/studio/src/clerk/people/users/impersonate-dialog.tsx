// Signs in as somebody: makes a link that opens the app in her name.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { CopyValue } from '../../../ui/display/copy.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Input } from '../../../ui/form/input.tsx'
import { Dialog } from '../../../ui/overlay/panel.tsx'
import { useClerkChange } from '../../api/clerk-request.ts'
import { nameOfUser, type User } from './user.ts'

interface ImpersonateDialogProps {
  readonly user: User
  readonly onClose: () => void
}

/** Seconds that the link serves. */
const LIFETIME = 600

export function ImpersonateDialog({ user, onClose }: ImpersonateDialogProps) {
  const [app, setApp] = useState('http://localhost:3000')
  const [tried, setTried] = useState(false)
  const make = useClerkChange<void, { readonly url: string }>(() => ({
    method: 'POST',
    path: '/actor_tokens',
    body: { user_id: user.id, actor: { sub: 'studio' }, expires_in_seconds: LIFETIME },
  }))
  const good = URL.canParse(app) && /^https?:/.test(app)
  const submit = () => {
    setTried(true)
    if (good) make.mutate()
  }
  const link = make.data === undefined ? null : `${make.data.url}&application=${encodeURIComponent(app)}`
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Impersonate ${nameOfUser(user)}`}
      description="Opens your app signed in as her, for half an hour. Her session token then says who acts (act), and her own sessions stay as they are."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" busy={make.isPending} onClick={submit}>
            Make a link
          </Button>
        </>
      }
    >
      <Field
        label="Address of your app"
        hint="Its sign-in page takes the ticket."
        error={tried && !good ? 'An address that begins with http:// or https://.' : undefined}
      >
        <Input type="url" value={app} onChange={(event) => setApp(event.target.value)} />
      </Field>
      <RefusalNote error={make.error} />
      {link !== null && (
        <div className="flex flex-col gap-2">
          <p className="text-sm">The link serves once, within ten minutes. Whoever has it is her.</p>
          <CopyValue label="impersonation link" value={link} />
          <p className="text-sm">
            <a href={link} target="_blank" rel="noreferrer" className="text-brand-strong underline">
              Open the app as {nameOfUser(user)}
            </a>
          </p>
        </div>
      )}
    </Dialog>
  )
}
