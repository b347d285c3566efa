import { Parser } from 'htmlparser2'
import { fault, isoMicros, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'
import { pattern } from '../language/languages.ts'
import type { ListedPost } from '../document.ts'
import { plainText } from './plain-text.ts'

/** Items read of one feed; the rest is left out with a fault. */
const most = 5_000

/** One item of a feed; `group` and `victim` when its title is a leak-site tracker's. */
export interface FeedItem extends ListedPost {
  readonly title: string
}

/** True for the head of an RSS or Atom feed. */
export function looksLikeFeed(head: string): boolean {
  return /<(?:rss|feed|rdf:RDF)[\s>]/i.test(head.slice(0, 2_000)) && !/<html[\s>]/i.test(head.slice(0, 2_000))
}

/**
 * Reads RSS 2.0, RSS 1.0 or Atom. In: the bytes. Out: its title and items in order, texts without mark-up, times as they stand.
 * Items with the same title and day are the same item: their guid may change from one fetch to the next.
 */
export function readFeed(
  bytes: Uint8Array,
  options: { readonly file: string },
): { title: string; items: FeedItem[]; faults: Fault[] } {
  const { file } = options
  const faults: Fault[] = []
  const items: FeedItem[] = []
  const seen = new Set<string>()
  const path: string[] = []
  let fields: Record<string, string> | undefined
  let files: string[] = []
  let title = ''
  let record = 0
  let text = ''
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        path.push(name)
        text = ''
        if (path.length > limits.depth) stop('feed-too-deep', `elements are nested deeper than ${limits.depth}`)
        if (name === 'item' || name === 'entry') {
          record += 1
          if (record > most) stop('feed-too-long', `the feed has more than ${most} items; the rest was not read`)
          fields = {}
          files = []
        } else if (fields !== undefined && name === 'enclosure') files.push((attributes['url'] ?? '').split('/').at(-1) ?? '')
        else if (fields !== undefined && name === 'link' && attributes['href']) fields['link'] ??= attributes['href']
      },
      ontext(piece) {
        if (text.length < limits.fieldChars) text += piece
      },
      onclosetag(name) {
        path.pop()
        if (fields !== undefined && (name === 'item' || name === 'entry')) {
          const item = itemOf(fields, record, files)
          const key = `${item.title}\n${item.author ?? ''}\n${(item.at ?? item.reportedAt)?.at.slice(0, 10) ?? ''}\n${item.victim === undefined ? item.text : ''}`
          if (!seen.has(key)) items.push(item)
          seen.add(key)
          fields = undefined
        } else if (fields !== undefined) fields[name] ??= text
        else if (name === 'title' && title === '') title = plainText(text)
        text = ''
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeCDATA: true },
  )
  function stop(code: string, what: string): void {
    if (faults.some((one) => one.code === code)) return
    faults.push(fault(code, what, { file, record }, 'hand in a shorter period, or open it by hand'))
    parser.pause()
    parser.reset()
    fields = undefined
  }
  parser.write(new TextDecoder().decode(bytes))
  if (faults.length === 0) parser.end()
  return { title, items, faults }
}

const listed = pattern('tracker-title')

function itemOf(fields: Readonly<Record<string, string>>, record: number, files: readonly string[]): FeedItem {
  const title = plainText(fields['title'] ?? '')
  const body = plainText(fields['content:encoded'] ?? fields['description'] ?? fields['summary'] ?? fields['content'] ?? '')
  const when = feedTime(fields['pubDate'] ?? fields['published'] ?? fields['updated'] ?? fields['dc:date'] ?? '')
  const groups = listed.exec(title)?.groups
  const [group, victim] = [groups?.['group'], groups?.['victim']]
  const writer = plainText(fields['dc:creator'] ?? fields['author'] ?? '')
  return {
    record,
    title,
    ...(fields['guid'] === undefined && fields['id'] === undefined
      ? {}
      : { id: (fields['guid'] ?? fields['id'] ?? '').slice(0, 300) }),
    ...(group === undefined ? (writer === '' ? {} : { author: writer }) : { author: group.trim() }),
    ...(when === undefined ? {} : { reportedAt: { ...when, bound: 'not-later-than' as const } }),
    channel: group === undefined ? '' : 'leak site, by a tracker',
    ...(victim === undefined ? {} : { victim: victim.trim() }),
    text: [title, body].filter((one) => one !== '').join('\n'),
    attachments: files.filter((one) => one !== '').slice(0, 20),
  }
}

/** A time of a feed: ISO 8601, or RFC 822 as RSS writes it. */
export function feedTime(text: string): Moment | undefined {
  const trimmed = text.trim().slice(0, 60)
  const iso = parseIso(trimmed)
  if (iso !== undefined) return { ...iso, text: trimmed }
  const mail = /^(?:\w{3},\s*)?\d{1,2}\s\w{3}\s\d{4}\s\d{2}:\d{2}(?::\d{2})?\s*(?:[+-]\d{4}|GMT|UTC?|Z|E[SD]T|P[SD]T)?/.exec(
    trimmed,
  )
  const ms = mail === null ? Number.NaN : Date.parse(/(?:[+-]\d{4}|[A-Z]{2,3}|Z)$/.test(mail[0]) ? mail[0] : `${mail[0]} UTC`)
  if (Number.isNaN(ms)) return undefined
  return { at: isoMicros(ms), zone: /(?:[+-]\d{4}|[A-Z]{2,3}|Z)$/.test(mail?.[0] ?? '') ? 'stated' : 'unknown', text: trimmed }
}
