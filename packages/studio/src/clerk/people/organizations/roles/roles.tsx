// The roles there are, and the permissions they may hold.

import { PermissionList } from './permission-list.tsx'
import { RoleList } from './role-list.tsx'

export function Roles() {
  return (
    <div className="flex flex-col gap-5">
      <RoleList />
      <PermissionList />
    </div>
  )
}
