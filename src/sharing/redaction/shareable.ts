import { addressClass } from './own-networks.ts'
import type { OwnEstate, WithheldReason } from './own-estate.ts'
import { protectedWords } from './protected-words.ts'

declare const admitted: unique symbol

/** Text that came out of evidence and passed the gate. Nothing else makes one, and no format takes any other text of evidence. */
export type Shareable = string & { readonly [admitted]: true }

/** Kinds of indicators that can be shared at all; accounts, mail addresses, registry keys and paths cannot. */
export const sharedKinds = ['ip', 'domain', 'url', 'hash', 'file'] as const
export type SharedKind = (typeof sharedKinds)[number]

/** The answer of the gate. */
export type Admission =
  | { readonly kind: 'admitted'; readonly value: Shareable }
  | { readonly kind: 'withheld'; readonly reason: WithheldReason }

/** The one gate from evidence to what leaves. */
export interface Gate {
  /** An indicator; domains may come out shorter than they went in. */
  indicator(kind: SharedKind, value: string): Admission
  /** The name of a program or file, a switch of a command: letters, digits and `. _ - $` only. */
  word(text: string): Admission
  /** A name that a person stated for this; of the same signs. */
  stated(text: string): Admission
}

/** Builds the gate for an estate. */
export function gateFor(estate: OwnEstate): Gate {
  const classOf = addressClass([...estate.networks, ...estate.hosts])
  const named = protectedWords(estate)
  const domains = estate.domains.map((one) => one.toLowerCase().replace(/^\.|\.$/g, '')).filter((one) => one !== '')
  const isOwnDomain = (domain: string): boolean => domains.some((one) => domain === one || domain.endsWith(`.${one}`))
  const withheld = (reason: WithheldReason): Admission => ({ kind: 'withheld', reason })
  const admit = (text: string): Admission => ({ kind: 'admitted', value: text as Shareable })
  const address = (value: string): Admission => {
    const found = classOf(value)
    if (found === 'private') return withheld('private address')
    return found === 'own' ? withheld('own address or one of a partner') : admit(value)
  }
  const domain = (value: string): Admission => {
    if (!/^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,20}$/.test(value)) return withheld('not of a form that is shared')
    if (isOwnDomain(value)) return withheld('own domain or one of a partner')
    // Labels in front may carry data out; the shorter domain is looked for with everything below it.
    const labels = value.split('.')
    while (labels.length > 2 && (named(labels[0] ?? '') !== undefined || (labels[0] ?? '').length > 15)) labels.shift()
    const rest = labels.join('.')
    const why = named(rest)
    return why === undefined ? admit(rest) : withheld(why)
  }
  const url = (value: string): Admission => {
    const found = /^([a-z0-9._[\]:-]{1,255}?)(?::\d{1,5})?(\/[A-Za-z0-9._~/-]{0,200})?(?:[?#].*)?$/s.exec(value)
    const [, host = '', path = ''] = found ?? []
    const bare = host.replace(/^\[|\]$/g, '')
    const outer = /^[\d.]+$|:/.test(bare) ? address(bare) : domain(bare)
    if (found === null) return withheld('not of a form that is shared')
    if (outer.kind === 'withheld') return outer
    const why = named(path) ?? (path.split('/').some(likeName) ? 'looks like the identifier of a person' : undefined)
    if (why !== undefined) return withheld(why)
    // A domain that was shortened no longer answers for the path.
    return outer.value === bare ? admit(`${host}${path}`) : outer
  }
  const stated = (text: string): Admission => {
    if (!/^[A-Za-z0-9$._-]{2,64}$/.test(text)) return withheld('not of a form that is shared')
    const why = named(text)
    return why === undefined ? admit(text) : withheld(why)
  }
  // Subscribers are known as tokens only: what reads like a person's name is kept in, whoever that is.
  const word = (text: string): Admission => {
    const answer = stated(text)
    return answer.kind === 'admitted' && likeName(text) ? withheld('looks like the identifier of a person') : answer
  }
  return {
    word,
    stated,
    indicator(kind, value) {
      switch (kind) {
        case 'ip':
          return address(value)
        case 'domain':
          return domain(value)
        case 'url':
          return url(value)
        case 'hash':
          return isDigest(value) ? admit(value) : withheld('not of a form that is shared')
        case 'file':
          return word(value)
      }
    },
  }
}

/** A digest in hexadecimal; text or a number written as one is none. */
function isDigest(value: string): boolean {
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) || /^\d+$/.test(value)) return false
  return !/^[\u0020-\u007e]+$/.test(Buffer.from(value, 'hex').toString('latin1'))
}

/** Two words of four letters or more, as a person's name is written into the name of a file. */
function likeName(text: string): boolean {
  const words = text.replace(/\.[A-Za-z0-9]{1,5}$/, '').match(/(?<![A-Za-z0-9])[A-Za-z]{4,}(?![A-Za-z0-9])/g) ?? []
  return words.length > 1
}
