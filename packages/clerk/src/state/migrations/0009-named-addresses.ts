// Authorization codes say where their request wanted the answer, and null where it left that to what is registered,
// because only an address that was named has to be shown again.

export const namedAddresses = /* sql */ `
alter table clerk.oauth_codes alter column redirect_uri drop not null;
`
