// Refusals about the project's settings, in the form of PostgREST's and with our own codes.

import type { SettingsRefusals } from '../vocabulary/settings.ts'
import type { Sayings } from './said.ts'

export const settingsSayings: Sayings<keyof SettingsRefusals> = {
  'config.invalid': ({ key, problem }) => ({
    status: 400,
    code: 'config.invalid',
    message: key === '' ? `supabase/config.toml: ${problem}` : `supabase/config.toml: ${key} ${problem}`,
  }),
  'config.not-editable': ({ key, reason }) => ({
    status: 409,
    code: 'config.not-editable',
    message: `${key} in supabase/config.toml cannot be changed from here: ${reason}`,
  }),
  'config.changed': ({ file }) => ({
    status: 409,
    code: 'config.changed',
    message: 'supabase/config.toml was changed by somebody else at the same time',
    details: file,
  }),
  'config.unwritable': ({ file, reason }) => ({
    status: 409,
    code: 'config.unwritable',
    message: `${file} cannot be written`,
    details: reason,
  }),
  'third-party.exists': ({ name, issuer }) => ({
    status: 409,
    code: 'third-party.exists',
    message: issuer === null ? `There is an integration “${name}” already` : `${issuer} is an integration already`,
    details: issuer === null ? null : `It is [auth.third_party.${name}].`,
  }),
  'third-party.unknown': ({ id }) => ({
    status: 404,
    code: 'third-party.unknown',
    message: `There is no integration “${id}”`,
  }),
  'third-party.invalid': ({ reason }) => ({ status: 400, code: 'third-party.invalid', message: reason }),
  'third-party.built-in': ({ instance }) => ({
    status: 409,
    code: 'third-party.built-in',
    message: `The built-in instance “${instance}” is trusted because it is connected, not because the file names it`,
  }),
  'settings.schema-unknown': ({ schemas }) => ({
    status: 400,
    code: 'settings.schema-unknown',
    message:
      schemas.length === 1
        ? `There is no schema “${schemas[0]}”`
        : `There are no schemas ${schemas.map((schema) => `“${schema}”`).join(', ')}`,
  }),
  'signing-keys.unknown': ({ keyId }) => ({
    status: 404,
    code: 'signing-keys.unknown',
    message: `There is no signing key “${keyId}”`,
  }),
  'signing-keys.state': ({ action, reason }) => ({
    status: 409,
    code: 'signing-keys.state',
    message: `This key cannot be ${action}: ${reason}`,
  }),
  'signing-keys.legacy': () => ({
    status: 409,
    code: 'signing-keys.legacy',
    message: 'The JWT secret signs the anon and service_role keys and tokens of JWT templates, and stays',
  }),
}
