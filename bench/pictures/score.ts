import type { PictureShown } from '../../src/claims/index.ts'
import { hostsOf, labelsOf, type Screen } from './screen.ts'

/** Found of how many that stand there, and how many were named that do not. */
export interface Counted {
  readonly right: number
  readonly missed: readonly string[]
  readonly extra: readonly string[]
}

/** Labels and hosts read against those drawn; case and spaces do not count, every letter does. */
export function scorePicture(screen: Screen, shown: PictureShown): { labels: Counted; hosts: Counted; alike: Counted } {
  const title = plain(screen.title)
  const read = [...shown.labels, ...(shown.title === undefined ? [] : [shown.title])]
  const labels = read.map((one) => plain(one.text)).filter((one) => one !== title)
  const hosts = shown.hosts.filter((one) => one.kind !== 'url').map((one) => one.text)
  return {
    labels: compared(labelsOf(screen).map(plain), labels),
    hosts: compared(hostsOf(screen), hosts),
    alike: compared(hostsOf(screen).map(alike), hosts.map(alike)),
  }
}

function compared(wanted: readonly string[], found: readonly string[]): Counted {
  const want = new Set(wanted)
  const got = new Set(found)
  return {
    right: [...want].filter((one) => got.has(one)).length,
    missed: [...want].filter((one) => !got.has(one)),
    extra: [...got].filter((one) => !want.has(one)),
  }
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** Letters and digits that look alike as one: how the product compares names of hosts. */
function alike(host: string): string {
  return host.replaceAll('o', '0').replaceAll(/[il]/g, '1')
}
