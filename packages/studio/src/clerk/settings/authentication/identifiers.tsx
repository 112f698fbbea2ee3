// What people are known by: e-mail address, phone number, username, names.

import { Card } from '../../../ui/display/page.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import { AskedSetting } from './setting.tsx'
import type { UserSettings, UserSettingsChange } from './user-settings.ts'

export interface SectionProps {
  readonly settings: UserSettings
  readonly busy: boolean
  readonly change: (change: UserSettingsChange) => void
}

/** One card for each. */
export function Identifiers(props: SectionProps) {
  const { settings, busy, change } = props
  return (
    <>
      <EmailAddress {...props} />
      <PhoneNumber {...props} />
      <Card title="Username">
        <AskedSetting
          label="Username"
          value={settings.username.asked}
          onChange={(asked) => change({ username: { asked } })}
        />
        <Switch
          label="Sign-in with username"
          checked={settings.username.sign_in}
          disabled={busy || settings.username.asked === 'off'}
          onChange={(on) => change({ username: { sign_in: on } })}
        />
      </Card>
      <Card title="Personal information">
        <AskedSetting
          label="First name"
          value={settings.first_name}
          onChange={(asked) => change({ first_name: asked })}
        />
        <AskedSetting label="Last name" value={settings.last_name} onChange={(asked) => change({ last_name: asked })} />
      </Card>
    </>
  )
}

const strategies = [
  { id: 'email_code', label: 'Email verification code' },
  { id: 'email_link', label: 'Email verification link' },
] as const

function EmailAddress({ settings: { email_address: email }, busy, change }: SectionProps) {
  const off = busy || email.asked === 'off'
  return (
    <Card title="Email">
      <AskedSetting
        label="Email address"
        value={email.asked}
        onChange={(asked) => change({ email_address: { asked } })}
      />
      <Switch
        label="Sign-in with email"
        checked={email.sign_in}
        disabled={off}
        onChange={(on) => change({ email_address: { sign_in: on } })}
      />
      <Switch
        label="Verify at sign-up"
        checked={email.verify_at_sign_up}
        disabled={off}
        onChange={(on) => change({ email_address: { verify_at_sign_up: on } })}
      />
      {strategies.map(({ id, label }) => (
        <Switch
          key={id}
          label={label}
          checked={email.strategies.includes(id)}
          disabled={off}
          onChange={(on) =>
            change({
              email_address: { strategies: [...email.strategies.filter((other) => other !== id), ...(on ? [id] : [])] },
            })
          }
        />
      ))}
    </Card>
  )
}

function PhoneNumber({ settings: { phone_number: phone }, busy, change }: SectionProps) {
  const off = busy || phone.asked === 'off'
  return (
    <Card title="Phone">
      <AskedSetting
        label="Phone number"
        value={phone.asked}
        onChange={(asked) => change({ phone_number: { asked } })}
      />
      <Switch
        label="Sign-in with phone"
        hint="With a code by text message, which arrives in the mailbox."
        checked={phone.sign_in}
        disabled={off}
        onChange={(on) => change({ phone_number: { sign_in: on } })}
      />
      <Switch
        label="Verify phone at sign-up"
        checked={phone.verify_at_sign_up}
        disabled={off}
        onChange={(on) => change({ phone_number: { verify_at_sign_up: on } })}
      />
    </Card>
  )
}
