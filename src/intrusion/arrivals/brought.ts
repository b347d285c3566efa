import { epochMs, isoMicros } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { citedSql, citeOf, isoOf, type CitedRow } from '../cited.ts'
import { bareAccount, basename } from '../names.ts'
import { inPeriod } from '../sql.ts'
import { beforeMs, skewMs, type ArrivalSearch } from './arrival-search.ts'
import type { Start } from './lineage.ts'
import { browsers, mailPrograms, siteOf } from './mail-programs.ts'

/** A file that a browser or a mail program wrote. */
export interface Brought {
  readonly time: string
  readonly file: string
  /** Program that wrote it, without its path. */
  readonly by: string
  /** Sites it came from, as its mark of the web says. */
  readonly sites: readonly string[]
  readonly cite: Cite
}

/** A link of a mail that was followed. */
export interface Click {
  readonly time: string
  /** Mail program that handed it to a browser; '' where the mail service recorded it. */
  readonly program: string
  readonly url: string
  readonly cite: Cite
}

interface BroughtRow extends CitedRow {
  readonly process: string
  readonly file: string
  readonly contents: string
}

const sql = String.raw
/** Caches, settings and half-written files are none that somebody fetched. */
const fetchedSql = sql`
SELECT ${citedSql}, process, replaceRegexpOne(fields['TargetFilename'], ':Zone[.]Identifier$', '') AS file, left(fields['Contents'], 2000) AS contents
FROM events
WHERE ${inPeriod} AND host = {host:String} AND class = 'file' AND fields['TargetFilename'] != ''
  AND match(lower(process), '[\\\\](outlook|olk|hxoutlook|hxmail|hxtsr|thunderbird|chrome|msedge|firefox|iexplore|brave|opera|vivaldi|microsoftedgecp)[.]exe$')
  AND NOT match(lower(file), '[.](tmp|crdownload|part|partial|dat|log|ldb|json|pma|ost|pst|nst|sqlite|wal|etl)$|[\\\\](cache|user data|profiles)[\\\\]')
ORDER BY time, exhibit, n LIMIT 5000`

/** Files that browsers and mail programs wrote on a host within a day before a moment. */
export async function broughtTo(search: ArrivalSearch, host: string, until: string): Promise<readonly Brought[]> {
  const { engine, loads, timeOf, fileOf } = search
  const rows = await engine.rows<BroughtRow>(fetchedSql, { loads, host, ...dayBefore(until) })
  return rows.map((row) => ({
    time: timeOf(host, row.at_time),
    file: row.file,
    by: basename(row.process),
    sites: [...row.contents.matchAll(/(?:HostUrl|ReferrerUrl)=(\S{1,500})/g)]
      .map(([, url]) => siteOf(url ?? ''))
      .filter((site) => site !== ''),
    cite: citeOf(row, fileOf),
  }))
}

interface ClickRow extends CitedRow {
  readonly who: string
  readonly url: string
}

/**
 * Links of mails that were followed, and not stopped: the table `UrlClickEvents` of Defender, and records of the unified audit log on
 * links (`AppName` `Mail`).
 */
const clicksSql = sql`
SELECT ${citedSql}, lower(if(fields['AccountUpn'] != '', fields['AccountUpn'], if(fields['UserId'] != '', fields['UserId'], account))) AS who,
  left(if(fields['Url'] != '', fields['Url'], fields['URL']), 2000) AS url
FROM events
WHERE ${inPeriod} AND url != ''
  AND ((fields['Workload'] = 'Email' AND (fields['ActionType'] = 'ClickAllowed' OR lower(fields['IsClickedThrough']) IN ('1', 'true')))
    OR (fields['AppName'] = 'Mail' AND fields['Operation'] != '' AND (lower(fields['Blocked']) IN ('', '0', 'false') OR lower(fields['ClickedThrough']) IN ('1', 'true'))))
ORDER BY time, exhibit, n LIMIT 5000`

/** Links followed under an account within a day before a moment, and those that a mail program of the host handed to a browser; in order of time. */
export async function clicksOf(
  search: ArrivalSearch,
  { account, starts, until }: { readonly account: string; readonly starts: readonly Start[]; readonly until: string },
): Promise<readonly Click[]> {
  const { engine, loads, fileOf } = search
  const rows = await engine.rows<ClickRow>(clicksSql, { loads, ...dayBefore(until) })
  const recorded = rows
    .filter((row) => bareAccount(row.who) === bareAccount(account))
    .map((row): Click => ({ time: isoOf(row.at_time), program: '', url: row.url, cite: citeOf(row, fileOf) }))
  const handed = starts
    .filter((one) => mailPrograms.test(basename(one.parentImage)) && browsers.test(basename(one.image)))
    .map(({ time, parentImage, commandLine, cite }): Click => {
      const url = /https?:\/\/[^\s"']{1,1000}/i.exec(commandLine)?.[0] ?? ''
      return { time, program: basename(parentImage), url, cite }
    })
  return [...recorded, ...handed].toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
}

/** The day that ends with a moment, as the statements bind it. */
export function dayBefore(until: string): { readonly from: string; readonly to: string } {
  const end = epochMs(until) + skewMs
  return { from: isoMicros(end - beforeMs), to: isoMicros(end) }
}
