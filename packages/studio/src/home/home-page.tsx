// Where somebody begins.

import { Page } from '../ui/display/page.tsx'

export function HomePage() {
  return (
    <Page title="Home" description="People who sign in with Clerk, rows in Postgres, one process.">
      {null}
    </Page>
  )
}
