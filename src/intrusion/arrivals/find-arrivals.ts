import { epochMs, isoMicros } from '../../base/index.ts'
import { distinctCites } from '../cited.ts'
import { basename } from '../names.ts'
import type { Sighting } from '../sighting.ts'
import type { WayIn } from '../story.ts'
import type { ArrivalSearch } from './arrival-search.ts'
import { broughtTo, clicksOf } from './brought.ts'
import { deliveryOf } from './delivery.ts'
import { lineOf, startOf, startsOn, type Start } from './lineage.ts'
import { fromMail, type FromMail } from './mail.ts'
import { openedBy } from './opened-file.ts'
import { managedSession, managedSessions, type SessionRow } from './managed-session.ts'
import { fromDrive, type FromDrive } from './removable.ts'

/** Groups looked at, and sightings of one group: beyond, nobody reads how it began. */
const [mostGroups, mostSightings] = [100, 20]
/** What is seen on the first host so long after the first step still tells how it began. */
const beginningMs = 6 * 3_600_000
/** The process that made a move started it so near to it. */
const madeMs = 60_000

/**
 * How groups can have begun on the host where they are first seen: with a mail or a removable drive from which its processes descend, or in a session of
 * privileged access to that host. Nothing where neither lineage nor a session tells so: that a mail was read or a drive plugged in on the same day says nothing.
 */
export async function findArrivals(
  search: ArrivalSearch,
  groups: readonly (readonly Sighting[])[],
): Promise<(group: readonly Sighting[]) => WayIn | undefined> {
  const found = new Map<Sighting, WayIn>()
  const sessions = groups.length === 0 ? [] : await managedSessions(search)
  for (const group of groups.slice(0, mostGroups)) {
    const [first] = group
    if (first === undefined) continue
    const way = await arrivalOf(search, { group, first, sessions })
    if (way !== undefined) found.set(first, way)
  }
  return ([first]) => (first === undefined ? undefined : found.get(first))
}

async function arrivalOf(
  search: ArrivalSearch,
  {
    group,
    first,
    sessions,
  }: {
    readonly group: readonly Sighting[]
    readonly first: Sighting
    readonly sessions: readonly SessionRow[] | undefined
  },
): Promise<WayIn | undefined> {
  const host = first.controlledFrom ?? first.from ?? first.host
  if (host === '' || !Number.isFinite(epochMs(first.time))) return undefined
  const until = isoMicros(epochMs(first.time) + beginningMs)
  const starts = await startsOn(search, host, until)
  const begins = starts.length === 0 ? [] : await beginsOf(search, { host, group, first, starts })
  const lines = [...new Set(begins)].map((start) => lineOf(starts, start)).filter((line) => line.length > 0)
  for (const line of lines) {
    const drive = await fromDrive(search, { host, line, since: search.since })
    if (drive !== undefined) return driveWay(drive, host, search)
  }
  if (lines.length > 0) {
    const brought = await broughtTo(search, host, until)
    for (const line of lines) {
      const clicks = brought.length === 0 ? [] : await clicksOf(search, { account: line[0]?.account ?? '', starts, until })
      const mail = fromMail(line, { brought, clicks })
      if (mail !== undefined) return mailWay(mail, host, search)
    }
  }
  return managedSession(search, { host, account: first.account, time: first.time, known: sessions })
}

/** The processes seen starting that the group's first sightings on a host are about, and those that made its first move from there. */
async function beginsOf(
  search: ArrivalSearch,
  given: {
    readonly host: string
    readonly group: readonly Sighting[]
    readonly first: Sighting
    readonly starts: readonly Start[]
  },
): Promise<Start[]> {
  const { host, group, first, starts } = given
  const end = epochMs(first.time) + beginningMs
  const own = group
    .filter((one) => one.host === host && one.process !== '' && epochMs(one.time) <= end)
    .slice(0, mostSightings)
    .flatMap((one) => startOf(starts, one) ?? [])
  if (first.controlledFrom === undefined) return own
  const at = epochMs(first.time)
  const rows = await search.engine.rows<{ src: string }>(
    `SELECT DISTINCT src FROM edges_into WHERE load_id = {edges:UInt64} AND kind = 'logon' AND startsWith(dst, {session:String}) AND startsWith(src, {process:String})
AND t0 BETWEEN parseDateTime64BestEffort({from:String}, 6, 'UTC') AND parseDateTime64BestEffort({to:String}, 6, 'UTC') ORDER BY src LIMIT 100`,
    {
      edges: search.edges,
      session: `sess:${first.host}|`,
      process: `proc:${host}|`,
      from: isoMicros(at - madeMs),
      to: isoMicros(at + madeMs),
    },
  )
  const made = new Set(rows.map((row) => row.src))
  return [...own, ...starts.filter((one) => made.has(one.node))]
}

async function mailWay(mail: FromMail, host: string, search: ArrivalSearch): Promise<WayIn> {
  const delivery = await deliveryOf(search, mail)
  const program = mail.program === '' ? '' : ` in ${mail.program}`
  const what =
    mail.how === 'attachment'
      ? `the attachment ${mail.file} of a mail, opened${program}`
      : `the file ${mail.file}, fetched by a link of a mail that was followed${program}`
  const by = delivery?.host === undefined ? '' : search.roles.listed(delivery.host)
  return {
    kind: 'mail',
    where: host,
    time: mail.time,
    certainty: mail.certainty,
    text: `It begins on ${host}${search.roles.listed(host)} with ${what} under the account ${mail.account || '(not named)'}; what was seen first descends from it.${delivery?.text ?? ' No record of the mail service says which mail.'}${by === '' ? '' : ` It came by ${delivery?.host ?? ''}${by}.`}`,
    cites: distinctCites([...mail.cites, ...(delivery === undefined ? [] : [delivery.cite])]),
  }
}

function driveWay({ plugged, letter, start, certainty }: FromDrive, host: string, { roles }: ArrivalSearch): WayIn {
  const drive = plugged.name === '' ? 'a removable drive' : `a removable drive (${plugged.name})`
  const own = start.image.toLowerCase().startsWith(`${letter}:`)
  const ran = own
    ? `${basename(start.image)} ran from`
    : `${basename(start.image)} was started with ${basename(openedBy(start))} of`
  return {
    kind: 'removable-drive',
    where: host,
    time: plugged.time,
    certainty,
    text: `It begins on ${host}${roles.listed(host)} with ${drive}: it was plugged in, and then ${ran} ${letter.toUpperCase()}: under the account ${start.account || '(not named)'}; what was seen first descends from it. ${certainty < 0.8 ? `No record names the drive's letter: nothing was seen on ${letter.toUpperCase()}: before. ` : ''}Who plugged it in is not shown.`,
    cites: distinctCites([plugged.cite, start.cite]),
  }
}
