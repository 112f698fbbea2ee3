// Profiles that differ in organizations.

import type { Profile } from './profile.ts'

/** Roles and permissions of an app's own, beside admin and member. */
export const customRoles: Profile = {
  settings: {},
  seed: {
    roles: [
      {
        key: 'org:billing_manager',
        name: 'Billing manager',
        permissions: ['org:invoices:read', 'org:invoices:manage', 'org:sys_memberships:read'],
      },
      { key: 'org:viewer', name: 'Viewer', permissions: ['org:invoices:read'] },
    ],
  },
}

/** Nobody works without an organization: choosing one is a session task. */
export const sessionTasks: Profile = { settings: { organizations: { forceSelection: true } } }
