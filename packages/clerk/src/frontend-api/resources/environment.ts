// The environment: the instance's settings in the words of the components. Every key is there, because the
// components do not ask whether one is.

import { allowedModes, type ChangeableSettings } from '../../state/instance/instance-settings.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { attributesOf } from './attributes.ts'
import { socialOf } from './social.ts'

/** The whole resource; it travels without an envelope. */
export function environmentResource(instance: Instance, settings: ChangeableSettings, origin: string | null): object {
  return {
    object: 'environment',
    id: `env_${instance.id.slice(4)}`,
    auth_config: authConfig(settings),
    display_config: displayConfig(instance, settings, origin),
    user_settings: userSettings(instance, settings),
    organization_settings: organizationSettings(settings),
    commerce_settings: {
      object: 'commerce_settings',
      id: 'commerce_settings',
      billing: {
        stripe_publishable_key: '',
        organization: { enabled: false, has_paid_plans: false },
        user: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: {
      object: 'api_keys_settings',
      id: 'api_keys_settings',
      enabled: false,
      user_api_keys_enabled: false,
      show_in_user_profile: false,
      orgs_api_keys_enabled: false,
      show_in_org_profile: false,
    },
    fraud_settings: { native: { device_attestation_mode: 'disabled' } },
    protect_config: { object: 'protect_config', id: 'protect_config' },
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
  }
}

function authConfig({ authentication }: ChangeableSettings): object {
  return {
    object: 'auth_config',
    id: 'auth_config',
    single_session_mode: authentication.singleSession,
    claimed_at: null,
    reverification: authentication.reverification,
    preferred_channels: null,
    session_minter: false,
  }
}

/**
 * The application's own properties say where its pages are. Where they do not, the pages to sign in and up at are taken
 * to be the usual ones beside the page that asks; the other addresses are empty.
 */
function displayConfig(
  instance: Instance,
  { authentication, supportEmail }: ChangeableSettings,
  origin: string | null,
): object {
  return {
    object: 'display_config',
    id: 'display_config',
    instance_environment_type: instance.isDevelopment ? 'development' : 'production',
    application_name: instance.applicationName,
    theme: {
      buttons: { font_color: '#ffffff', font_family: 'inherit', font_weight: '600' },
      general: {
        color: '#6c47ff',
        padding: '1em',
        box_shadow: '0 2px 8px rgba(0, 0, 0, 0.2)',
        font_color: '#151515',
        font_family: 'inherit',
        border_radius: '0.5em',
        background_color: '#ffffff',
        label_font_weight: '600',
      },
      accounts: { background_color: '#ffffff' },
    },
    preferred_sign_in_strategy: authentication.preferredStrategy,
    logo_image_url: '',
    favicon_image_url: '',
    home_url: '',
    sign_in_url: origin === null ? '' : `${origin}/sign-in`,
    sign_up_url: origin === null ? '' : `${origin}/sign-up`,
    user_profile_url: '',
    waitlist_url: '',
    after_sign_in_url: '',
    after_sign_up_url: '',
    after_sign_out_one_url: '',
    after_sign_out_all_url: '',
    after_switch_session_url: '',
    after_join_waitlist_url: '',
    organization_profile_url: '',
    create_organization_url: '',
    after_leave_organization_url: '',
    after_create_organization_url: '',
    support_email: supportEmail ?? '',
    terms_url: '',
    privacy_policy_url: '',
    branded: false,
    show_devmode_warning: false,
    clerk_js_version: '6',
    google_one_tap_client_id: null,
    captcha_public_key: null,
    captcha_public_key_invisible: null,
    captcha_widget_type: null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: [],
    captcha_heartbeat: false,
  }
}

function userSettings(instance: Instance, { authentication, organizations }: ChangeableSettings): object {
  const secondFactor = authentication.authenticatorApp || authentication.phoneNumber.secondFactor
  return {
    attributes: attributesOf(authentication),
    social: socialOf(instance, authentication),
    sign_in: { second_factor: { required: authentication.secondFactorRequired, enabled: secondFactor } },
    sign_up: {
      mode: authentication.signUpMode,
      progressive: true,
      captcha_enabled: false,
      captcha_widget_type: null,
      custom_action_required: false,
      legal_consent_enabled: false,
      allowlist_only: false,
      mfa: { required: authentication.secondFactorRequired },
    },
    password_settings: {
      disable_hibp: true,
      min_length: authentication.passwordMinLength,
      max_length: 72,
      require_special_char: false,
      require_numbers: false,
      require_uppercase: false,
      require_lowercase: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
      enforce_hibp_on_sign_in: false,
      allowed_special_characters: '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~',
    },
    username_settings: { min_length: 4, max_length: 64, allow_extended_special_characters: false },
    passkey_settings: {
      allow_autofill: authentication.passkey,
      show_sign_in_button: authentication.passkey,
      satisfies_second_factor: true,
    },
    enterprise_sso: { enabled: false, self_serve_sso: false },
    saml: { enabled: false },
    actions: {
      delete_self: authentication.deleteSelf,
      create_organization: organizations.enabled && authentication.createOrganization,
      create_organizations_limit: null,
    },
    attack_protection: {
      user_lockout: {
        enabled: true,
        max_attempts: authentication.lockout.attempts,
        duration_in_minutes: authentication.lockout.minutes,
      },
      pii: { enabled: true },
      email_link: { require_same_client: true },
      enumeration_protection: { enabled: authentication.enumerationProtection },
    },
  }
}

function organizationSettings({ organizations }: ChangeableSettings): object {
  return {
    object: 'organization_settings',
    enabled: organizations.enabled,
    max_allowed_memberships: organizations.maxAllowedMemberships,
    creator_role: organizations.creatorRole,
    force_organization_selection: organizations.forceSelection,
    actions: { admin_delete: organizations.adminDeleteEnabled },
    domains: {
      enabled: organizations.domainsEnabled,
      enrollment_modes: allowedModes(organizations),
      default_role: organizations.defaultRole,
    },
    slug: { disabled: organizations.slugDisabled },
    organization_creation_defaults: { enabled: false },
  }
}
