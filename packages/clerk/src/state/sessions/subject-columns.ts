// What shortcodes may name, as JSON that Postgres builds. A statement joins users as `u`, her primary e-mail address as
// `e` and number as `p`, the membership as `m` and its organization as `o`.

/** The user, but for the address of her picture. */
export const userObject = /* sql */ `jsonb_build_object(
    'id', u.id, 'imageId', u.profile_image_id, 'externalId', u.external_id, 'username', u.username, 'firstName', u.first_name,
    'lastName', u.last_name, 'createdAt', u.created_at, 'updatedAt', u.updated_at,
    'primaryEmailAddress', e.email_address,
    'emailVerified', coalesce(e.verification_status = 'verified', false),
    'primaryPhoneNumber', p.phone_number,
    'phoneNumberVerified', coalesce(p.verification_status = 'verified', false),
    'twoFactorEnabled', u.totp_secret is not null or exists (
      select from clerk.phone_numbers f
      where f.instance_id = u.instance_id and f.user_id = u.id and f.reserved_for_second_factor),
    'publicMetadata', u.public_metadata, 'unsafeMetadata', u.unsafe_metadata,
    'organizations', coalesce((
      select jsonb_object_agg(a.organization_id, a.role) from clerk.organization_memberships a
      where a.instance_id = u.instance_id and a.user_id = u.id), '{}')
  )`

/** The organization with the user's role in it; null where she is in none. */
export const organizationObject = /* sql */ `case when m.id is null then null else jsonb_build_object(
    'id', o.id, 'slug', o.slug, 'name', o.name, 'publicMetadata', o.public_metadata, 'role', m.role,
    'membershipPublicMetadata', m.public_metadata,
    'permissions', (
      select coalesce(jsonb_agg(k.key order by k.key), '[]') from clerk.roles r
      join clerk.role_permissions rp on rp.instance_id = r.instance_id and rp.role_id = r.id
      join clerk.permissions k on k.instance_id = rp.instance_id and k.id = rp.permission_id
      where r.instance_id = m.instance_id and r.key = m.role)
  ) end`
