import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { limits } from '../base/index.ts'

/** A picture that was read before. */
export interface KnownPicture {
  /** Perceptual hash, 16 hex digits. */
  readonly hash: string
  readonly sha256: string
  readonly file: string
  /** ISO 8601. */
  readonly at: string
}

/** A picture that looks like one read before. `bits` of 64 differ; `same`: the same bytes. */
export interface SeenBefore extends KnownPicture {
  readonly bits: number
  readonly same: boolean
}

/** A copy saved anew differs in two bits as a rule; so do, now and then, pages of one program that show other rows. */
const near = 2
const most = 100_000

/** Pictures among `known` that look like this one, nearest first; ten at most. */
export function seenBefore(picture: Pick<KnownPicture, 'hash' | 'sha256'>, known: readonly KnownPicture[]): SeenBefore[] {
  return known
    .map((one) => ({ ...one, bits: differing(one.hash, picture.hash), same: one.sha256 === picture.sha256 }))
    .filter((one) => one.same || one.bits <= near)
    .toSorted((a, b) => Number(b.same) - Number(a.same) || a.bits - b.bits || (a.at < b.at ? -1 : 1))
    .slice(0, 10)
}

/** Pictures kept in a file of one JSON object a line; none when there is no file. Lines of another form are left out. */
export async function knownPictures(file: string): Promise<KnownPicture[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return []
  }
  if (text.length > limits.documentBytes) return []
  return text.split('\n').slice(-most).flatMap(knownPicture)
}

/** Adds pictures to that file; those whose bytes stand in it already are left out. */
export async function keepPictures(file: string, pictures: readonly KnownPicture[]): Promise<void> {
  const kept = new Set((await knownPictures(file)).map((one) => one.sha256))
  const lines = pictures.filter((one) => !kept.has(one.sha256)).map((one) => `${JSON.stringify(one)}\n`)
  if (lines.length === 0) return
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, lines.join(''), { mode: 0o600 })
}

function knownPicture(line: string): KnownPicture[] {
  try {
    const one = JSON.parse(line) as Partial<KnownPicture>
    const { hash, sha256, file, at } = one
    return hash !== undefined &&
      /^[0-9a-f]{16}$/.test(hash) &&
      typeof sha256 === 'string' &&
      typeof file === 'string' &&
      typeof at === 'string'
      ? [{ hash, sha256, file, at }]
      : []
  } catch {
    return []
  }
}

function differing(a: string, b: string): number {
  let bits = 0
  for (let left = BigInt(`0x${a}`) ^ BigInt(`0x${b}`); left > 0n; left &= left - 1n) bits += 1
  return bits
}
