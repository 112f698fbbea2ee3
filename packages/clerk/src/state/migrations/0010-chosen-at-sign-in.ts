// What is chosen before somebody is in: the organization a sign-in token opens, and the time zone of a browser that
// signs up.

export const chosenAtSignIn = /* sql */ `
alter table clerk.sign_in_tokens add column organization_id text;

alter table clerk.sign_ups add column timezone text;
`
