// Before a table is chosen. The heading stands over the list, which narrow windows show alone.

import { useEffect } from 'react'

import { Empty } from '../../ui/display/page.tsx'

export function NoTable() {
  useEffect(() => {
    document.title = 'Table Editor · Tenon Studio'
  }, [])
  return (
    <div className="p-4 sm:p-6">
      <Empty
        title="Choose a table at the left, or make a new one."
        body="Rows of tables and views, seen and changed as anybody."
      />
    </div>
  )
}
