import type { Site } from './site.ts'

/** Addresses that the closed-off loopback has, so that client and server differ. */
export const client = '198.51.100.7'
export const server = '198.51.100.8'

/** Asks a web server with curl: a search, a log-in by basic authentication, what is not there, a long name, bytes that are no text, and no HTTP at all. */
export function request(site: Site, base: string, more: readonly string[] = []): void {
  const ask = (...args: readonly string[]): void => {
    site.run('curl', ['-s', '-o', '/dev/null', '--max-time', '5', '--interface', client, '--path-as-is', ...more, ...args])
  }
  ask(`${base}/search?q=r.tan&page=2`, '-A', 'report "weekly" \\ agent', '-e', 'http://portal.meridian.example/a b')
  ask('-u', 'r.tan:invented', `${base}/export.csv`)
  ask('-X', 'POST', '-d', 'note=x', `${base}/no-such-page`)
  ask('-A', '', `${base}/${'a'.repeat(3_000)}`)
  ask(`${base}/%e4%b8%ad/\u00e9\u00fc?x=%00'<script>`, '-A', 'sensor/\u00fc')
  ask('-I', `${base}/../../etc/passwd`)
}

/** Requests that `request` makes. */
export const requests = 6
