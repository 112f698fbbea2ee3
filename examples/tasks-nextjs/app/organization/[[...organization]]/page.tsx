import { OrganizationProfile } from '@clerk/nextjs'

export default function OrganizationProfilePage() {
  return <OrganizationProfile />
}
