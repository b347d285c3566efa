import { epochMs } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { citedSql, citeOf, type CitedRow } from '../cited.ts'
import { inPeriod } from '../sql.ts'
import { skewMs, type ArrivalSearch } from './arrival-search.ts'
import { dayBefore } from './brought.ts'
import type { Start } from './lineage.ts'

/** A storage device that was plugged in. */
interface Plugged {
  readonly time: string
  /** Its letter, lower case; '' where the record names none. */
  readonly letter: string
  /** Maker and product as it names itself; ''. */
  readonly name: string
  readonly cite: Cite
}

/** How a process descends from a removable drive. */
export interface FromDrive {
  readonly plugged: Plugged
  readonly letter: string
  readonly start: Start
  readonly certainty: number
}

interface PluggedRow extends CitedRow {
  readonly letter: string
  readonly device: string
}

const sql = String.raw
const values = "arrayStringConcat(mapValues(fields), ' ')"
/**
 * Records of storage that was plugged in, not of keyboards and hubs: 6416 (Security), 20001 and 20003 (UserPnp), 2003 (DriverFrameworks-UserMode),
 * 1006 (Partition, of the bus USB), the value that Windows keeps of a portable device's letter, and Defender's `UsbDriveMounted`.
 */
const pluggedSql = sql`
SELECT ${citedSql}, lower(multiIf(fields['ActionType'] = 'UsbDriveMounted', extract(fields['AdditionalFields'], '"DriveLetter"[^A-Za-z]{1,6}([A-Za-z]):'), class = 'registry', extract(fields['Details'], '^([A-Za-z]):'), '')) AS letter,
  multiIf(fields['ActionType'] = 'UsbDriveMounted', extract(fields['AdditionalFields'], '"ProductName"[^A-Za-z0-9]{1,6}([^"\\\\]{1,80})'), fields['DeviceDescription'] != '' AND event_id = '6416', fields['DeviceDescription'], event_id = '1006', concat(fields['Manufacturer'], ' ', fields['Model']), extract(upper(${values}), 'VEN_([A-Z0-9_]{1,40}&(?:AMP;)?PROD_[A-Z0-9_]{1,60})')) AS device
FROM events
WHERE ${inPeriod} AND host = {host:String} AND (
  (event_id = '6416' AND lower(channel) = 'security' AND match(upper(concat(fields['DeviceId'], ' ', fields['ClassName'], ' ', fields['CompatibleIds'])), 'USBSTOR|WPDBUSENUM|DISKDRIVE.*GENDISK'))
  OR (event_id IN ('20001', '20003') AND position(lower(provider), 'userpnp') > 0 AND match(upper(${values}), 'USBSTOR|WPDBUSENUM'))
  OR (event_id = '2003' AND position(lower(channel), 'driverframeworks-usermode') > 0 AND match(upper(${values}), 'USBSTOR|WPDBUSENUM'))
  OR (event_id = '1006' AND position(lower(channel), 'partition') > 0 AND fields['BusType'] = '7' AND fields['Capacity'] != '0')
  OR (class = 'registry' AND match(upper(fields['TargetObject']), 'WINDOWS PORTABLE DEVICES.*(USBSTOR|WPDBUSENUM).*FRIENDLYNAME'))
  OR fields['ActionType'] = 'UsbDriveMounted')
ORDER BY time, exhibit, n LIMIT 1000`

/** When anything was first seen on a letter of a host, in all loads. */
const lettersSql = sql`
SELECT letter, toString(min(time)) AS first FROM (
  SELECT time, arrayJoin(arrayDistinct(arrayMap(x -> lower(x), extractAll(concat(process, ' ', command_line, ' ', fields['TargetFilename'], ' ', fields['ImageLoaded'], ' ', fields['CurrentDirectory'], ' ', fields['ObjectName']), '(?:^|[ "=])([A-Za-z]):[\\\\]')))) AS letter
  FROM events WHERE load_id IN ({loads:Array(UInt64)}) AND timed AND host = {host:String} AND class IN ('process', 'file', 'module') AND time <= parseDateTime64BestEffort({to:String}, 6, 'UTC'))
WHERE letter IN ({letters:Array(String)}) GROUP BY letter`

/** A letter that nobody used before belongs to what was plugged in so long before at most. */
const usedMs = 12 * 3_600_000
/** Logs that begin so shortly before tell nothing of what a letter was before. */
const knownMs = 3_600_000

/**
 * Tells whether a line of processes begins on a removable drive: run from it, or started with a file of it. Where no record names its letter, it is a letter
 * on which nothing was seen before storage was plugged in.
 */
export async function fromDrive(
  search: ArrivalSearch,
  { host, line, since }: { readonly host: string; readonly line: readonly Start[]; readonly since: string },
): Promise<FromDrive | undefined> {
  const used = line.flatMap((start) => lettersOf(start).map((letter) => ({ letter, start })))
  const until = line[0]?.time
  if (used.length === 0 || until === undefined) return undefined
  const { engine, loads, timeOf, fileOf } = search
  const rows = await engine.rows<PluggedRow>(pluggedSql, { loads, host, ...dayBefore(until) })
  if (rows.length === 0) return undefined
  const plugged = rows.map((row): Plugged => ({
    time: timeOf(host, row.at_time),
    letter: row.letter,
    name: nameOf(row.device),
    cite: citeOf(row, fileOf),
  }))
  const letters = [...new Set(used.map((one) => one.letter))]
  const firsts = await engine.rows<{ letter: string; first: string }>(lettersSql, {
    loads,
    host,
    letters,
    to: dayBefore(until).to,
  })
  const firstOf = new Map(firsts.map((one) => [one.letter, epochMs(timeOf(host, one.first))]))
  // The furthest back along the line is where it came from.
  for (const { letter, start } of used.toReversed()) {
    const before = plugged.filter((one) => epochMs(one.time) <= epochMs(start.time) + skewMs)
    const stated = before.findLast((one) => one.letter === letter)
    if (stated !== undefined) return { plugged: withName(stated, plugged), letter, start, certainty: 0.8 }
    const last = before.findLast((one) => one.letter === '')
    const first = firstOf.get(letter) ?? epochMs(start.time)
    if (last === undefined || first < epochMs(last.time) - skewMs || epochMs(start.time) - epochMs(last.time) > usedMs) continue
    return { plugged: last, letter, start, certainty: epochMs(last.time) - epochMs(since) >= knownMs ? 0.7 : 0.5 }
  }
  return undefined
}

/** Letters other than that of the system, on which a process lies or from which it was started with something. */
function lettersOf({ image, commandLine }: Start): string[] {
  const found = [...`${image} ${commandLine.slice(0, 4000)}`.matchAll(/(?:^|[\s"=])([a-z]):\\/gi)].map(([, letter]) =>
    (letter as string).toLowerCase(),
  )
  return [...new Set(found)].filter((letter) => letter !== 'c')
}

/** `SanDisk Ultra` of `SANDISK&PROD_ULTRA`. */
function nameOf(device: string): string {
  return device
    .replace(/&(?:AMP;)?PROD_/, ' ')
    .replace(/[_\s]+/g, ' ')
    .replace(/[^\w .()-]/g, '')
    .trim()
    .slice(0, 80)
}

/** A letter's record seldom names the device: that does another one of the same minute. */
function withName(one: Plugged, all: readonly Plugged[]): Plugged {
  if (one.name !== '') return one
  const near = all.find((each) => each.name !== '' && Math.abs(epochMs(each.time) - epochMs(one.time)) <= 60_000)
  return near === undefined ? one : { ...one, name: near.name }
}
