// API keys: what an app is configured with, and the keys that tokens are signed with.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { request } from '../../../api/request.ts'
import { CopyButton, CopyValue, Secret } from '../../../ui/display/copy.tsx'
import { Card, Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Tabs } from '../../../ui/display/tabs.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import { type ClerkInstance } from '../../../api/clerk/instances.ts'
import { useThisInstance } from '../../api/clerk-request.ts'
import { SigningKeys } from './signing-keys.tsx'
import { type Framework, frameworks, snippetFor } from './snippets.ts'

export function ApiKeysPage() {
  const instance = useThisInstance()
  return (
    <Page title="API keys" description="What an app needs to use this instance.">
      {instance === undefined ? <Loading /> : <Keys instance={instance} />}
    </Page>
  )
}

function Keys({ instance }: { readonly instance: ClerkInstance }) {
  const secret = useQuery({
    queryKey: ['clerk', instance.name, 'secret-key'],
    queryFn: async () =>
      await request<{ secretKey: string }>(
        'GET',
        `/platform/v1/clerk/instances/${encodeURIComponent(instance.name)}/secret-key`,
      ),
  })
  const secretKey = secret.data?.secretKey
  return (
    <>
      <Card title="Keys">
        <Entry label="Publishable key">
          <CopyValue label="publishable key" value={instance.publishableKey} />
        </Entry>
        <Entry label="Secret key">
          {secretKey !== undefined && <Secret label="secret key" value={secretKey} />}
          <RefusalNote error={secret.error} />
        </Entry>
      </Card>
      <Card title="Quick copy">
        <Snippets instance={instance} secretKey={secretKey ?? ''} />
      </Card>
      <Card title="Addresses">
        <Entry label="Frontend API URL">
          <CopyValue label="Frontend API URL" value={instance.frontendApiUrl} />
        </Entry>
        <Entry label="Backend API URL">
          <CopyValue label="Backend API URL" value={instance.backendApiUrl} />
        </Entry>
        <Entry label="JWKS URL">
          <CopyValue label="JWKS URL" value={instance.jwksUrl} />
        </Entry>
        <Entry label="Issuer">
          <CopyValue label="issuer" value={instance.issuer} />
        </Entry>
      </Card>
      <SigningKeys />
    </>
  )
}

function Entry({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-sm font-medium">{label}</h3>
      {children}
    </div>
  )
}

interface SnippetsProps {
  readonly instance: ClerkInstance
  readonly secretKey: string
}

/** What is copied has the secret key; what is shown, only when asked for. */
function Snippets({ instance, secretKey }: SnippetsProps) {
  const [framework, setFramework] = useState<Framework>('Next.js')
  const [shown, setShown] = useState(false)
  const tabs = frameworks.map((id) => ({
    id,
    label: id,
    content: (
      <div className="flex flex-col gap-2">
        <pre tabIndex={0} className="overflow-x-auto rounded border border-line bg-sunken p-3 font-mono text-xs">
          {snippetFor(id, instance, shown ? secretKey : '•'.repeat(24))}
        </pre>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Switch label="Show the secret key" checked={shown} onChange={setShown} />
          <CopyButton text={snippetFor(id, instance, secretKey)} label={`Copy the variables for ${id}`} />
        </div>
      </div>
    ),
  }))
  return <Tabs label="Framework" value={framework} onChange={setFramework} tabs={tabs} />
}
