import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The machine's Chromium. Where there is none: installed from Debian's packages when `CI` or `BREACHLINE_INSTALL_CHROMIUM`
 * is set, else undefined and the caller says how to get one.
 */
export function findChromium(): string | undefined {
  const asked = process.env['BREACHLINE_CHROMIUM']
  const found = [...(asked === undefined ? [] : [asked]), ...places].find((path) => existsSync(path))
  if (found !== undefined) return found
  if (process.env['CI'] === undefined && process.env['BREACHLINE_INSTALL_CHROMIUM'] === undefined) return undefined
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']])
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  return places.find((path) => existsSync(path))
}
