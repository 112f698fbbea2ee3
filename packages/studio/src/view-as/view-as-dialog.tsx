// The choice of whose eyes to look through: a role, a person of a built-in Clerk instance, or anybody by her claims.

import { useState } from 'react'

import { Dialog } from '../ui/overlay/panel.tsx'
import { Tabs } from '../ui/display/tabs.tsx'
import { ClaimsView } from './claims-view.tsx'
import { ClerkUserForm } from './clerk/clerk-user-form.tsx'
import { ExternalUserForm } from './external/external-user-form.tsx'
import { rememberIdentity } from './recent-identities.ts'
import { RoleList } from './roles/role-list.tsx'
import { setViewAs, useViewAs, type ViewAs } from './view-as.ts'

interface ViewAsDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

type Kind = 'role' | 'clerk' | 'external'

/** Takes effect with the choice, and closes. */
export function ViewAsDialog({ open, onClose }: ViewAsDialogProps) {
  const [kind, setKind] = useState<Kind>('role')
  const viewAs = useViewAs()
  const choose = (identity: ViewAs | null) => {
    setViewAs(identity)
    if (identity !== null) rememberIdentity(identity)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="View as"
      description="Rows and queries are those that this role, with these claims, would get from the API."
    >
      <Tabs<Kind>
        label="Whose eyes to look through"
        value={kind}
        onChange={setKind}
        tabs={[
          { id: 'role', label: 'Role', content: <RoleList current={viewAs} onChoose={choose} /> },
          { id: 'clerk', label: 'Clerk user', content: <ClerkUserForm onChoose={choose} /> },
          { id: 'external', label: 'External user', content: <ExternalUserForm onChoose={choose} /> },
        ]}
      />
      {viewAs !== null && <ClaimsView title="What Postgres sees now" identity={viewAs} />}
    </Dialog>
  )
}
