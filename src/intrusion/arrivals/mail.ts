import { epochMs } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import { basename } from '../names.ts'
import { skewMs } from './arrival-search.ts'
import type { Brought, Click } from './brought.ts'
import type { Start } from './lineage.ts'
import { attachmentFolders, browsers, mailPrograms, siteOf } from './mail-programs.ts'
import { openedBy, pathsIn } from './opened-file.ts'

/** How a process descends from a mail. */
export interface FromMail {
  readonly how: 'attachment' | 'link'
  readonly time: string
  /** File that was opened, without its path. */
  readonly file: string
  /** Program in which the mail was read; '' where only a folder or a record elsewhere tells. */
  readonly program: string
  readonly account: string
  readonly certainty: number
  readonly cites: readonly Cite[]
}

/** What was fetched came by a link when the link was followed so shortly before. */
const followedMs = 10 * 60_000

/**
 * Tells whether a line of processes begins with what a mail brought: an attachment opened in the mail program or saved from it, or a
 * file behind a link. A browser that the mail program opened is none of these by itself.
 */
export function fromMail(
  line: readonly Start[],
  { brought, clicks }: { readonly brought: readonly Brought[]; readonly clicks: readonly Click[] },
): FromMail | undefined {
  for (const one of line) {
    const byMail = mailPrograms.test(basename(one.parentImage))
    if (browsers.test(basename(one.image)) || mailPrograms.test(basename(one.image))) continue
    const kept = [one.image, ...pathsIn(one.commandLine)].find((path) => attachmentFolders.test(path))
    if (byMail || kept !== undefined)
      return {
        how: 'attachment',
        time: one.time,
        file: basename(kept ?? openedBy(one)),
        program: byMail ? basename(one.parentImage) : '',
        account: one.account,
        certainty: 0.8,
        cites: [one.cite],
      }
  }
  for (const one of line) {
    const came = broughtBy(one, brought)
    if (came === undefined) continue
    const shared = { file: basename(came.file), account: one.account }
    if (mailPrograms.test(came.by))
      return {
        ...shared,
        how: 'attachment',
        time: came.time,
        program: came.by,
        certainty: 0.8,
        cites: [came.cite, one.cite],
      }
    const click = clicks.findLast((each) => followed(each, came))
    if (click !== undefined)
      return {
        ...shared,
        how: 'link',
        time: click.time,
        program: click.program,
        certainty: came.sites.includes(siteOf(click.url)) ? 0.8 : 0.5,
        cites: [click.cite, came.cite, one.cite],
      }
  }
  return undefined
}

/** Where the file says from which site it came, the link has to lead there; else only time speaks. */
function followed(click: Click, came: Brought): boolean {
  const before = epochMs(came.time) - epochMs(click.time)
  const site = siteOf(click.url)
  return before >= -skewMs && before <= followedMs && (came.sites.length === 0 || site === '' || came.sites.includes(site))
}

const packed = /\.(?:zip|rar|7z|iso|img|vhdx?|cab|ace|gz|tar)$/

/** The file that a process ran or was started with, or the archive in which it lay. */
function broughtBy(one: Start, brought: readonly Brought[]): Brought | undefined {
  const named = [one.image, ...pathsIn(one.commandLine)].map((path) => path.toLowerCase())
  return brought.findLast(({ file, time }) => {
    const path = file.toLowerCase()
    const inside = packed.test(path) ? `${basename(path)}\\` : ''
    return epochMs(time) <= epochMs(one.time) + skewMs && named.some((each) => each === path || liesIn(each, inside))
  })
}

/** Is it a path within an archive, by its name or as Windows unpacks it (`Temp1_offer.zip`)? */
function liesIn(path: string, archive: string): boolean {
  const at = archive === '' ? -1 : path.indexOf(archive)
  return at > 0 && /[\\_]/.test(path[at - 1] ?? '')
}
