import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { accounts, type PlacedSet } from './campaign.ts'

/** One domain stands for the several in which the laboratory was built anew. */
const domain = 'S-1-5-21-1000000001-1000000002-1000000003'
/** Identifiers of accounts: of the set's user, and the first of those it becomes. */
const userRid = 1104
const firstRid = 5001

const stamp = /\b(20\d\d)-(\d\d)-(\d\d)([ T])(\d\d):(\d\d):(\d\d)(?!\d)/g

/**
 * Writes a set with its times moved, its workstations and the account of its user named otherwise. Stamps that the set took in
 * another zone are put right, so that all sets of a campaign run on one clock (`skewMs` moves a whole set off it).
 */
export async function writePlaced(options: {
  readonly placed: PlacedSet
  readonly from: string
  readonly to: string
  /** By workstation number: milliseconds that the clock of the host is ahead. */
  readonly ahead?: Readonly<Record<number, number>>
}): Promise<void> {
  const { placed, from, to, ahead = {} } = options
  const begin = Date.parse(placed.set.period.from)
  const own = placed.at - begin
  const stamped = own + placed.set.clock.stampToUtcSeconds * 1000
  const out = createWriteStream(to)
  const closed = finished(out)
  for await (const line of createInterface({ input: createReadStream(from), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === '') continue
    const host = /"(?:Hostname|Computer)":"(?:WORKSTATION)?([^".]*)/.exec(line)?.[1] ?? ''
    const skew = ahead[placed.hosts[Number(host)] ?? 0] ?? 0
    const timed = line.replace(stamp, (text: string, ...rest: unknown[]) => {
      const at = rest.at(-2) as number
      const utc = line.slice(Math.max(0, at - 12), at).includes('UtcTime')
      return moved(text, (utc ? own : stamped) + skew)
    })
    const renamed = named(timed, placed)
    if (!out.write(`${renamed}\n`)) await new Promise<void>((resolve) => void out.once('drain', resolve))
  }
  out.end()
  await closed
}

function moved(text: string, by: number): string {
  const then = Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`)
  if (Number.isNaN(then)) return text
  // Whole seconds: what stands behind them is left as it is.
  const shifted = new Date(then + Math.round(by / 1000) * 1000).toISOString()
  return `${shifted.slice(0, 10)}${text[10] ?? 'T'}${shifted.slice(11, 19)}`
}

function named(line: string, { hosts, account }: PlacedSet): string {
  const rid = accounts[0] === account ? userRid : firstRid + accounts.indexOf(account)
  return line
    .replace(/WORKSTATION([567])(?!\d)/gi, (_, old: string) => `WORKSTATION${hosts[Number(old)] ?? old}`)
    .replace(/172\.18\.39\.([567])(?!\d)/g, (_, old: string) => `172.18.39.${hosts[Number(old)] ?? old}`)
    .replace(/S-1-5-21-\d+-\d+-\d+-(\d+)/g, (_, of: string) => `${domain}-${of === String(userRid) ? rid : of}`)
    .replace(/pgustavo/gi, account)
}
