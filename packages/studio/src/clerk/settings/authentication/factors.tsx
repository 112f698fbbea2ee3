// How people prove who they are, and what they may do with their account.

import { Badge } from '../../../ui/display/badge.tsx'
import { Card } from '../../../ui/display/page.tsx'
import { Switch } from '../../../ui/form/toggle.tsx'
import type { SectionProps } from './identifiers.tsx'
import { AskedSetting, NumberSetting } from './setting.tsx'
import type { UserSettings } from './user-settings.ts'

/** One card for each kind. */
export function Factors(props: SectionProps) {
  const { settings, busy, change } = props
  return (
    <>
      <Card title="Password and passkeys">
        <AskedSetting label="Password" value={settings.password} onChange={(asked) => change({ password: asked })} />
        <NumberSetting
          label="Minimum password length"
          value={settings.password_min_length}
          least={8}
          most={72}
          onChange={(length) => change({ password_min_length: length })}
        />
        <Switch
          label="Passkeys"
          checked={settings.passkey}
          disabled={busy}
          onChange={(on) => change({ passkey: on })}
        />
      </Card>
      <SecondFactors {...props} />
      <SocialConnections {...props} />
      <Account {...props} />
    </>
  )
}

function SecondFactors({ settings, busy, change }: SectionProps) {
  return (
    <Card title="Multi-factor">
      <Switch
        label="Authenticator application"
        checked={settings.authenticator_app}
        disabled={busy}
        onChange={(on) => change({ authenticator_app: on })}
      />
      <Switch
        label="SMS verification code"
        hint={settings.phone_number.asked === 'off' ? 'Phone numbers are off.' : undefined}
        checked={settings.phone_number.second_factor}
        disabled={busy || settings.phone_number.asked === 'off'}
        onChange={(on) => change({ phone_number: { second_factor: on } })}
      />
      <Switch
        label="Backup codes"
        checked={settings.backup_code}
        disabled={busy}
        onChange={(on) => change({ backup_code: on })}
      />
      <Switch
        label="Require multi-factor authentication"
        hint="Whoever has no second factor sets one up before she goes on."
        checked={settings.second_factor_required}
        disabled={busy}
        onChange={(on) => change({ second_factor_required: on })}
      />
    </Card>
  )
}

function SocialConnections({ settings: { social, social_providers: providers }, busy, change }: SectionProps) {
  return (
    <Card title="Social connections">
      <p className="text-sm text-quiet">
        Providers without credentials in config.toml are stand-ins of this server: a page on which one chooses who to
        be.
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        {providers.map(({ key, name, enabled, configured }) => (
          <div key={key} className="flex flex-wrap items-center gap-2">
            <Switch
              label={name}
              checked={enabled}
              disabled={busy || configured}
              onChange={(on) => change({ social: [...social.filter((other) => other !== key), ...(on ? [key] : [])] })}
            />
            {configured && <Badge>config.toml</Badge>}
          </div>
        ))}
      </div>
    </Card>
  )
}

type Flag = {
  readonly [Name in keyof UserSettings]: UserSettings[Name] extends boolean ? Name : never
}[keyof UserSettings]

const accountFlags: readonly { readonly name: Flag; readonly label: string; readonly hint?: string }[] = [
  { name: 'single_session', label: 'Single session', hint: 'One account at a time in a browser.' },
  { name: 'reverification', label: 'Reverification', hint: 'Sensitive changes want a factor of the last ten minutes.' },
  { name: 'delete_self', label: 'Allow users to delete their accounts' },
  { name: 'create_organization', label: 'Allow users to create organizations' },
  {
    name: 'enumeration_protection',
    label: 'User enumeration protection',
    hint: 'Strangers cannot learn who has an account.',
  },
]

function Account({ settings, busy, change }: SectionProps) {
  const { lockout } = settings
  return (
    <Card title="Account and protection">
      {accountFlags.map(({ name, label, hint }) => (
        <Switch
          key={name}
          label={label}
          hint={hint}
          checked={settings[name]}
          disabled={busy}
          onChange={(on) => change({ [name]: on })}
        />
      ))}
      <NumberSetting
        label="Failed attempts before an account is locked"
        value={lockout.attempts}
        least={1}
        most={1000}
        onChange={(attempts) => change({ lockout: { attempts } })}
      />
      <NumberSetting
        label="Minutes that it stays locked"
        value={lockout.minutes}
        least={1}
        most={525_600}
        onChange={(minutes) => change({ lockout: { minutes } })}
      />
    </Card>
  )
}
