// Roles as the server shows them, and the form of a new one.

export interface Role {
  readonly name: string
  readonly superuser: boolean
  readonly canLogin: boolean
  readonly inherits: boolean
  readonly canCreateDatabases: boolean
  readonly canCreateRoles: boolean
  readonly replicates: boolean
  readonly bypassesRls: boolean
  readonly connectionLimit: number
  readonly connections: number
  readonly memberOf: readonly string[]
  readonly members: readonly string[]
  readonly settings: readonly string[]
  readonly reserved: boolean
}

export interface RoleForm {
  readonly name: string
  readonly password: string
  readonly canLogin: boolean
  readonly canCreateDatabases: boolean
  readonly canCreateRoles: boolean
  readonly bypassesRls: boolean
  readonly usableByApi: boolean
  readonly memberOf: readonly string[]
}

export const emptyRole: RoleForm = {
  name: '',
  password: '',
  canLogin: false,
  canCreateDatabases: false,
  canCreateRoles: false,
  bypassesRls: false,
  usableByApi: true,
  memberOf: [],
}

/** What `POST /roles` takes. */
export function creationOf(form: RoleForm): object {
  return { ...form, name: form.name.trim(), password: form.canLogin && form.password !== '' ? form.password : null }
}

const words = [
  ['superuser', 'superuser'],
  ['canLogin', 'can log in'],
  ['canCreateDatabases', 'makes databases'],
  ['canCreateRoles', 'makes roles'],
  ['replicates', 'replicates'],
  ['bypassesRls', 'bypasses RLS'],
] as const

/** What it may, in words. */
export function attributesOf(role: Role): readonly string[] {
  return words.filter(([attribute]) => role[attribute]).map(([, word]) => word)
}
