// User & Authentication: identifiers, factors and protection. What is changed holds at once.

import { Card, Loading, Page } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Factors } from './factors.tsx'
import { Identifiers } from './identifiers.tsx'
import { type UserSettings, useUserSettings } from './user-settings.ts'

export function AuthenticationPage() {
  const { settings, unread, refused, busy, change } = useUserSettings()
  return (
    <Page
      title="User & Authentication"
      description="How people sign up and sign in. Each change holds at once, for everybody."
    >
      <RefusalNote error={unread} />
      {settings === undefined ? (
        unread === null && <Loading />
      ) : (
        <>
          {refused !== null && (
            <div className="sticky top-0 z-10">
              <RefusalNote error={refused} />
            </div>
          )}
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-5">
              <Identifiers settings={settings} busy={busy} change={change} />
            </div>
            <div className="flex min-w-0 flex-col gap-5">
              <Factors settings={settings} busy={busy} change={change} />
            </div>
          </div>
          <Configured settings={settings} />
        </>
      )}
    </Page>
  )
}

function Configured({ settings }: { readonly settings: UserSettings }) {
  const { changed, attempts_per_minute: attempts } = settings
  return (
    <Card title="From config.toml">
      <p className="text-sm">
        {changed.length === 0
          ? 'Everything is as [clerk.authentication] says.'
          : `Changed here, over [clerk.authentication]: ${changed.join(', ')}. Everything else follows it.`}
      </p>
      <p className="text-sm text-quiet">
        Only there: providers with credentials of their own, and how often one may try (at present {attempts.browser}{' '}
        attempts a minute from one browser, {attempts.address} from one address).
      </p>
    </Card>
  )
}
