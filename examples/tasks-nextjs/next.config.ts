import type { NextConfig } from 'next'

const config: NextConfig = {
  // The development server answers at both names of this machine.
  allowedDevOrigins: ['127.0.0.1'],
}

export default config
