// What can be wrong with a forged token, in words.

export const faults = [
  { value: 'none', label: 'Nothing', hint: 'As the instance makes them' },
  { value: 'expired', label: 'Expired', hint: 'An hour ago' },
  { value: 'not_yet_valid', label: 'Not valid yet', hint: 'nbf is an hour ahead' },
  { value: 'issued_in_future', label: 'Issued in the future', hint: 'iat is an hour ahead' },
  { value: 'no_expiry', label: 'No expiry', hint: 'Without exp' },
  { value: 'wrong_issuer', label: 'Wrong issuer', hint: 'iss names a stranger' },
  { value: 'no_role', label: 'No role', hint: 'The session token was not customised' },
  { value: 'role_service_role', label: 'Role service_role', hint: 'Which bypasses every policy' },
  { value: 'wrong_key', label: 'Wrong key', hint: 'Signed with another key under the right kid' },
  { value: 'unknown_kid', label: 'Unknown kid', hint: 'Of a key nobody published' },
  { value: 'tampered', label: 'Tampered with', hint: 'sub was changed after signing' },
  { value: 'alg_none', label: 'Unsigned', hint: 'alg none' },
  { value: 'hs256_with_public_key', label: 'HS256 with the public key', hint: 'The published key as a secret' },
] as const

export type Fault = (typeof faults)[number]['value']
