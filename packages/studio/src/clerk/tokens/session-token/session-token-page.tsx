// Sessions → Customize session token.

import { Lock } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Card, Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { KeepTyped } from '../../../ui/overlay/keep-typed.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerk, useClerkChange } from '../../api/clerk-request.ts'
import { ClaimsEditor } from '../claims/claims-editor.tsx'
import { parseClaims, printClaims } from '../claims/parse-claims.ts'
import { nobody } from '../claims/preview-subject.tsx'
import { TokenPreview } from '../claims/token-preview.tsx'
import { type SessionTokenSettings, versionOf, versionOptions, type VersionChoice, versionSettings } from './version.ts'

export function SessionTokenPage() {
  const settings = useClerk<SessionTokenSettings>('/instance/session_token')
  return (
    <Page
      title="Sessions"
      description="What a session token says. Every request carries one, and policies read its claims."
    >
      <RefusalNote error={settings.error} />
      {settings.isPending && <Loading />}
      {settings.data !== undefined && <Customize settings={settings.data} />}
    </Page>
  )
}

/** The form; what is typed stays over a refusal, and over what others change meanwhile. */
function Customize({ settings }: { readonly settings: SessionTokenSettings }) {
  const [typed, setTyped] = useState<string | null>(null)
  const [subject, setSubject] = useState(nobody)
  const [chosen, setChosen] = useState<VersionChoice | null>(null)
  const save = useClerkChange((body: object) => ({ method: 'PATCH', path: '/instance/session_token', body }))
  const text = typed ?? printClaims(settings.claims)
  const version = chosen ?? versionOf(settings)
  const { claims, problem } = parseClaims(text, settings.reserved_claims)
  const draft = claims === null ? null : { claims, ...versionSettings(version) }
  const dirty = typed !== null || chosen !== null
  const forget = () => {
    setTyped(null)
    setChosen(null)
    save.reset()
  }
  const submit = () => {
    if (draft === null) return
    save.mutate(draft, {
      onSuccess: () => {
        forget()
        toast.good('The session token was saved. The next token says so.')
      },
    })
  }
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title="Customize session token">
        <Field
          label="Token version"
          hint="Version 2 has the organization in “o”; flat claims such as org_id are version 1."
        >
          <Select value={version} onChange={setChosen} options={versionOptions} />
        </Field>
        <LockedClaims settings={settings} />
        <ClaimsEditor
          value={text}
          onChange={(next) => setTyped(next === printClaims(settings.claims) ? null : next)}
          subject={subject}
          problem={problem ?? complaintAt(save.error, 'claims')}
          onSave={submit}
        />
        <RefusalNote error={complaintBeside(save.error, 'claims')} />
        <KeepTyped dirty={dirty} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button disabled={!dirty} onClick={forget}>
            Reset
          </Button>
          <Button variant="primary" busy={save.isPending} disabled={!dirty || draft === null} onClick={submit}>
            Save
          </Button>
        </div>
      </Card>
      <TokenPreview path="/instance/session_token/preview" subject={subject} onSubject={setSubject} draft={draft} />
    </div>
  )
}

function LockedClaims({ settings }: { readonly settings: SessionTokenSettings }) {
  return (
    <div>
      <p className="flex items-center gap-1.5 text-sm font-medium">
        <Lock className="size-3.5" aria-hidden />
        Default claims
      </p>
      <p className="text-xs text-quiet">These names are the token’s own and cannot be set.</p>
      <p className="mt-1.5 flex flex-wrap gap-1">
        {settings.reserved_claims.map((claim) => (
          <code key={claim} className="rounded border border-line bg-sunken px-1.5 font-mono text-xs">
            {claim}
          </code>
        ))}
      </p>
      {settings.connected_to_supabase && (
        <p className="mt-2 text-sm">
          Connect with Supabase adds <code className="font-mono text-xs">"role": "authenticated"</code>, unless a claim
          “role” below says otherwise.
        </p>
      )}
    </div>
  )
}
