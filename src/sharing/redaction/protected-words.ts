import type { OwnEstate, WithheldReason } from './own-estate.ts'

/** Accounts that every system has: naming them tells nothing, and paths are full of them. */
const everywhere = new Set(
  'system root admin administrator guest user users public local service network localservice networkservice ntauthority anonymous logon postgres mysql oracle tomcat nobody daemon www apache nginx iusr default backup sshd'.split(
    ' ',
  ),
)
/** Words of names that stand for nobody. */
const common = new Set(
  'telekom telecom telecommunications mobile network networks communications communication services service company group holdings systems system solutions technology technologies international malaysia berhad limited customer customers data center centre office support server database web online portal team operations security unit department generated exercise seed'.split(
    ' ',
  ),
)

/** An address inside other text; whether it is one of ours is not asked. */
const addressLike = /(?<!\d)\d{1,3}(?:[._-]\d{1,3}){3}(?!\d)|[0-9a-f]{1,4}:[0-9a-f]{0,4}:[0-9a-f:]{1,30}/i

const shortest = 4
const longest = 80

/**
 * Finds what must not leave in a text: any own name of four letters or digits or more, in whatever case, joined by whatever signs,
 * also percent-encoded, in hexadecimal, base32 or base64; shorter ones as words. And what looks like the number or address of a person.
 */
export function protectedWords(estate: OwnEstate): (text: string) => WithheldReason | undefined {
  const inside = new Map<string, WithheldReason>()
  const whole = new Map<string, WithheldReason>()
  const add = (text: string, why: WithheldReason): void => {
    const form = squeezed(text)
    if (form === '' || everywhere.has(form) || common.has(form)) return
    const into = form.length >= shortest ? inside : whole
    if (!into.has(form)) into.set(form.slice(0, longest), why)
  }
  for (const host of estate.hosts) {
    add(host, 'names a host of ours')
    add(host.split('.')[0] ?? '', 'names a host of ours')
  }
  for (const account of estate.accounts) {
    const bare = account.replace(/^.*\\/, '').replace(/@.*$/, '')
    add(bare, 'names an account')
    for (const part of bare.split(/[^\p{L}\p{N}]+/u)) if (part.length > shortest) add(part, 'names an account')
  }
  for (const name of estate.names) {
    add(name, 'names the operator, a person or a third party')
    for (const part of name.split(/[^\p{L}\p{N}]+/u))
      if (part.length >= shortest) add(part, 'names the operator, a person or a third party')
  }
  for (const word of estate.words) add(word, 'stated to be kept in')
  const lookIn = (text: string): WithheldReason | undefined => {
    const form = squeezed(text)
    for (let from = 0; from + shortest <= form.length; from += 1)
      for (let to = from + shortest; to <= Math.min(form.length, from + longest); to += 1) {
        const why = inside.get(form.slice(from, to))
        if (why !== undefined) return why
      }
    if (whole.size > 0)
      for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u)) if (whole.has(word)) return whole.get(word)
    if (addressLike.test(text)) return 'own address or one of a partner'
    return personal(text) ? 'looks like the identifier of a person' : undefined
  }
  return (text) => {
    for (const form of readings(text.slice(0, 4_096))) {
      const why = lookIn(form)
      if (why !== undefined) return why
    }
    return undefined
  }
}

/** Letters and digits in lower case. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** Seven digits or more in a row, joined by the signs that numbers are written with, or a mail address. */
function personal(text: string): boolean {
  const digits = text.normalize('NFKC').replaceAll(/(?<=\d)[\s().+/_-]{1,3}(?=\d)/g, '')
  return /\d{7}/.test(digits) || /[^\s@]@[^\s@]/.test(text)
}

/** The text, and what it would read when it is decoded. */
function readings(text: string): string[] {
  const found = [text]
  let plain = text
  for (let round = 0; round < 3 && plain.includes('%'); round += 1) {
    plain = plain.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    found.push(plain)
  }
  for (const run of new Set([...(plain.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []), ...(plain.match(/[A-Za-z0-9]{8,}/g) ?? [])]))
    for (let from = 0; from < 4; from += 1) {
      const rest = run.slice(from)
      found.push(...stretches(Buffer.from(rest, 'base64')))
      if (from < 2) found.push(...stretches(Buffer.from(rest, 'hex')))
    }
  for (const [run] of plain.matchAll(/[A-Za-z2-7]{8,}/g)) found.push(...stretches(fromBase32(run)))
  return found
}

/** The stretches of printable ASCII in bytes. */
function stretches(bytes: Buffer): string[] {
  return bytes.toString('latin1').match(/[\u0020-\u007e]{4,}/g) ?? []
}

/** Bytes of base32 (RFC 4648), which survives in names of domains. */
function fromBase32(text: string): Buffer {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const sign of text.toLowerCase()) {
    held = ((held << 5) | 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(sign)) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return Buffer.from(bytes)
}
