import { domainToASCII } from 'node:url'
import type { Cite } from '../evidence/index.ts'
import { defanged } from './defang.ts'
import type { Link } from './thread.ts'

const link =
  /(?:\b(?:h(?:tt|xx)ps?|ftp):\/\/[^\s<>"'\])]{3,500})|\b[\p{L}\p{N}][\p{L}\p{N}.[\]-]{2,120}\.?(?:\[?\.\]?)(?:onion|i2p)\b[^\s<>"'\])]{0,300}/giu
const hosts = /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,6}[\p{L}]{2,20}(?![\p{L}\p{N}])/gu
const most = 500

const scripts: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
]

/** Letters of other scripts that look like Latin ones, each before the Latin one. */
const looks: ReadonlyMap<string, string> = new Map(
  'аa еe оo рp сc хx уy іi јj ѕs ԁd һh ӏl ɡg νv οo αa κk τt ιi ρp ԛq ԝw вb мm нh тt кk'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
)

/** A text with letters that only look Latin written as Latin ones, for comparison. */
export function latinLook(text: string): string {
  return /[^\u0000-\u024f]/.test(text) ? text.replace(/\p{L}/gu, (letter) => looks.get(letter.toLowerCase()) ?? letter) : text
}

/** Why a host's name may be meant to be taken for another; undefined when nothing speaks for it. */
function disguise(host: string): string | undefined {
  for (const label of host.split('.')) {
    const used = scripts.filter(([, letters]) => letters.test(label)).map(([name]) => name)
    if (used.length > 1) return `letters of ${used.join(' and ')} in one name`
    if (used.length === 1 && used[0] !== 'Latin' && latinLook(label) !== label && !/\P{ASCII}/u.test(latinLook(label)))
      return `${used[0] ?? ''} letters that look like Latin ones`
  }
  return /(?:^|\.)xn--/i.test(host) ? 'a name in the encoding for other scripts (xn--)' : undefined
}

/** Links and host names of a text, each defanged, with its host in ASCII, and why it may be disguised. */
export function linksIn(text: string, cite: Cite): Link[] {
  const found = new Map<string, Link>()
  const add = (written: string, host: string): void => {
    const plain = host.replace(/\[|\]/g, '').toLowerCase()
    const ascii = domainToASCII(plain) || plain
    const why = disguise(plain)
    const shown = defanged(written)
    if (!found.has(shown) && found.size < most)
      found.set(shown, { text: shown, host: ascii.replaceAll('.', '[.]'), ...(why === undefined ? {} : { disguise: why }), cite })
  }
  for (const [written] of text.slice(0, 65_536).matchAll(link))
    add(written, written.replace(/^\w+:\/\//, '').split(/[/:?#]/)[0] ?? '')
  for (const [written] of text.slice(0, 65_536).matchAll(hosts))
    if (disguise(written.toLowerCase()) !== undefined) add(written, written)
  return [...found.values()]
}
