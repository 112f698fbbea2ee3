// Restrictions: who may sign up, and who may not.

import { Card, Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { type Option, Select } from '../../../ui/form/select.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import { useClerk, useClerkChange } from '../../api/clerk-request.ts'
import { type SignUpMode, useUserSettings } from '../authentication/user-settings.ts'
import { IdentifierList } from './identifier-list.tsx'
import { Waitlist } from './waitlist.tsx'

interface Restrictions {
  readonly allowlist: boolean
  readonly blocklist: boolean
  readonly block_email_subaddresses: boolean
  readonly block_disposable_email_domains: boolean
  readonly ignore_dots_for_gmail_addresses: boolean
  readonly allowlist_blocklist_disabled_on_sign_in: boolean
}

export function RestrictionsPage() {
  return (
    <Page title="Restrictions" description="Who may sign up. Each change holds at once.">
      <SignUp />
      <Rules />
      <IdentifierList list="allowlist" title="Allowlist" />
      <IdentifierList list="blocklist" title="Blocklist" />
      <Waitlist />
    </Page>
  )
}

const modes: readonly Option<SignUpMode>[] = [
  { value: 'public', label: 'Public', hint: 'Anybody may sign up.' },
  { value: 'restricted', label: 'Restricted', hint: 'Only whoever is invited.' },
  { value: 'waitlist', label: 'Waitlist', hint: 'Whoever wants to come is put on the waitlist.' },
]

function SignUp() {
  const { settings, unread, refused, change } = useUserSettings()
  return (
    <Card title="Sign-up mode">
      <RefusalNote error={unread ?? refused} />
      {settings !== undefined && (
        <Field label="Sign-up mode">
          <Select
            value={settings.sign_up_mode}
            onChange={(mode) => change({ sign_up_mode: mode })}
            options={modes}
            className="sm:w-64"
          />
        </Field>
      )}
    </Card>
  )
}

const rules: readonly { readonly name: keyof Restrictions; readonly label: string; readonly hint?: string }[] = [
  { name: 'allowlist', label: 'Enable allowlist', hint: 'Only identifiers on the allowlist may sign up.' },
  { name: 'blocklist', label: 'Enable blocklist', hint: 'Identifiers on the blocklist may not sign up.' },
  {
    name: 'allowlist_blocklist_disabled_on_sign_in',
    label: 'Leave sign-in alone',
    hint: 'The lists are asked about sign-ups only.',
  },
  { name: 'block_email_subaddresses', label: 'Block email subaddresses', hint: 'Such as ada+two@example.com.' },
  { name: 'block_disposable_email_domains', label: 'Block disposable email domains' },
  { name: 'ignore_dots_for_gmail_addresses', label: 'Ignore dots in Gmail addresses' },
]

function Rules() {
  const restrictions = useClerk<Restrictions>('/instance/restrictions')
  const change = useClerkChange((body: Partial<Restrictions>) => ({
    method: 'PATCH',
    path: '/instance/restrictions',
    body,
  }))
  return (
    <Card title="Rules">
      <RefusalNote error={restrictions.error ?? change.error} />
      {restrictions.isPending && <Loading />}
      {restrictions.data !== undefined &&
        rules.map(({ name, label, hint }) => (
          <Switch
            key={name}
            label={label}
            hint={hint}
            checked={restrictions.data[name]}
            disabled={change.isPending}
            onChange={(on) => change.mutate({ [name]: on })}
          />
        ))}
    </Card>
  )
}
