// Before a table is chosen.

import { Empty, Page } from '../../ui/display/page.tsx'

export function NoTable() {
  return (
    <Page title="Table Editor" description="Rows of tables and views, seen and changed as anybody.">
      <Empty title="Choose a table at the left, or make a new one." />
    </Page>
  )
}
