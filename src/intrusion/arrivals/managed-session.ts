import { epochMs, minuteText } from '../../base/index.ts'
import { citedSql, citeOf, isoOf, type CitedRow } from '../cited.ts'
import { isTelling } from '../cluster.ts'
import { bareAccount, shortName } from '../names.ts'
import { inPeriod } from '../sql.ts'
import type { WayIn } from '../story.ts'
import { networkText, vendorText } from '../usual/listed.ts'
import type { ArrivalSearch } from './arrival-search.ts'
import { dayBefore } from './brought.ts'

/** A session lasts so long at most. */
const sessionMs = 12 * 3_600_000

/** Sessions of all hosts that are asked for at once; where there are more, each host is asked for by itself. */
const mostSessions = 100_000

/** A session of privileged access, as it is recorded. */
export interface SessionRow extends CitedRow {
  readonly host: string
  readonly account: string
  readonly source_ip: string
  readonly target: string
  readonly as_account: string
  readonly product: string
}

/** Sessions that a jump host, bastion or vault opened to another host for somebody; Teleport records them under the host itself. */
const sessionsSql = (host: string): string => `
SELECT ${citedSql}, host, account, source_ip, product, lower(fields['targetUser']) AS as_account,
  lower(if(fields['targetHost'] != '', fields['targetHost'], if(product = 'teleport' AND endsWith(event_id, 'session.start'), host, ''))) AS target
FROM events
PREWHERE ${inPeriod} AND product != 'windows' AND account != '' AND (class = 'authentication' OR (product = 'beyondtrust' AND position(event_id, 'session') > 0))
WHERE target != ''${host}
  AND NOT match(lower(concat(fields['outcome'], ' ', fields['Name'], ' ', event_id)), 'fail|denied|disconnect|_end|[.]end|[.]leave|logoff')
ORDER BY time, exhibit, n LIMIT {most:UInt32}`

/** All sessions of privileged access on record, in order of time; undefined where there are too many to hold. `whole` keeps what is asked. */
export async function managedSessions({ whole, loads, since, until }: ArrivalSearch): Promise<readonly SessionRow[] | undefined> {
  const rows = await whole.rows<SessionRow>(sessionsSql(''), { loads, from: since, to: until, most: mostSessions })
  return rows.length < mostSessions ? rows : undefined
}

/**
 * The session of privileged access in which a host was worked on when something was seen there: the last one to it within twelve hours before, under the
 * account that acted (where the session and the record both name one, they have to be the same).
 */
export async function managedSession(
  search: ArrivalSearch,
  {
    host,
    account,
    time,
    known,
  }: {
    readonly host: string
    readonly account: string
    readonly time: string
    /** What `managedSessions` gave. */
    readonly known: readonly SessionRow[] | undefined
  },
): Promise<WayIn | undefined> {
  const { engine, loads, roles, fileOf } = search
  const day = dayBefore(time)
  const rows =
    known?.filter(
      ({ at_time, target }) => target.split('.')[0] === host && isoOf(at_time) >= day.from && isoOf(at_time) <= day.to,
    ) ??
    (await engine.rows<SessionRow>(sessionsSql(" AND splitByChar('.', target)[1] = {host:String}"), {
      loads,
      host,
      ...day,
      most: mostSessions,
    }))
  const named = isTelling(account)
  const fits = rows.filter(({ at_time, as_account, account: by, target }) => {
    const before = epochMs(time) - epochMs(isoOf(at_time))
    const same = [as_account, by].some((one) => one !== '' && bareAccount(one) === bareAccount(account))
    return shortName(target) === host && before <= sessionMs && (same || !named || as_account === '')
  })
  const sure = fits.filter(
    (row) => named && [row.as_account, row.account].some((one) => bareAccount(one) === bareAccount(account)),
  )
  const among = sure.length > 0 ? sure : fits
  const last = among.at(-1)
  if (last === undefined) return undefined
  const who = new Set(among.map((row) => bareAccount(row.account)))
  const vendor = roles.vendorOf(last.account)
  const partner = roles.networkOf(last.source_ip)
  const through = last.host === '' || last.host === host ? `the privileged access (${last.product})` : last.host
  const as = last.as_account === '' ? '' : ` as ${last.as_account}`
  const from = last.source_ip === '' ? '' : ` from ${last.source_ip}`
  const others =
    who.size > 1
      ? ` ${who.size - 1} other account${who.size > 2 ? 's' : ''} had sessions there too; which one it was is not shown.`
      : ''
  return {
    kind: vendor === undefined ? 'pam-session' : 'vendor-session',
    where: last.source_ip === '' ? through : last.source_ip,
    time: isoOf(last.at_time),
    certainty: Math.round(((sure.length > 0 ? 0.7 : 0.4) / who.size) * 1000) / 1000,
    text: `${sure.length > 0 ? 'It begins' : 'It can have begun'} with a session of the account ${last.account} through ${through}${through === last.host ? roles.listed(last.host) : ''}${from} to ${host}${as}, opened at ${minuteText(isoOf(last.at_time))} UTC, before anything was seen there${vendorText(vendor)}${networkText(partner, last.source_ip)}.${others} Who used the account is not shown.`,
    cites: [citeOf(last, fileOf)],
  }
}
