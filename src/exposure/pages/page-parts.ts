import { Parser } from 'htmlparser2'
import { limits, printable } from '../../base/index.ts'

/** What of a page is compared: what a visitor reads, and where it sends them. */
export interface PageParts {
  readonly title: string
  /** Words a visitor sees, lower case, in order. */
  readonly words: readonly string[]
  /** Hosts that scripts, frames and forms of the page come from or lead to; the page's own as ''. */
  readonly scripts: readonly string[]
  readonly frames: readonly string[]
  readonly forms: readonly string[]
  /** Does a form ask for a password? */
  readonly asksPassword: boolean
  /** A page that sends its visitors on at once (`meta refresh`): to this host. */
  readonly sentOnTo?: string
}

/** Words that are kept; more tell nothing further. */
const mostWords = 50_000
const mostHosts = 1_000
const silent = new Set(['script', 'style', 'noscript', 'template', 'svg'])

/** Takes a page apart. In: HTML as text and the URL it was fetched from. Nothing is run or fetched. */
export function pageParts(html: string, url: string): PageParts {
  const words: string[] = []
  const hosts = { scripts: new Set<string>(), frames: new Set<string>(), forms: new Set<string>() }
  let title = ''
  let inTitle = false
  let quiet = 0
  let depth = 0
  let asksPassword = false
  let sentOnTo: string | undefined
  const add = (into: Set<string>, address: string | undefined): void => {
    const host = address === undefined ? undefined : hostOf(address, url)
    if (host !== undefined && into.size < mostHosts) into.add(host)
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1
      if (depth > limits.htmlDepth) return parser.pause()
      if (silent.has(name)) quiet += 1
      if (name === 'title' && title === '') inTitle = true
      if (name === 'script') add(hosts.scripts, attributes['src'])
      if (name === 'iframe' || name === 'frame' || name === 'object' || name === 'embed')
        add(hosts.frames, attributes['src'] ?? attributes['data'])
      if (name === 'form') add(hosts.forms, attributes['action'] ?? '')
      if (name === 'input' && attributes['type']?.toLowerCase() === 'password') asksPassword = true
      if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') {
        const to = /url\s*=\s*['"]?([^'"\s]{1,2000})/i.exec(attributes['content'] ?? '')?.[1]
        const host = to === undefined ? undefined : hostOf(to, url)
        if (host !== undefined && host !== '') sentOnTo = host
      }
    },
    ontext(text) {
      if (inTitle && title.length < 500) title += text
      if (quiet > 0 || words.length >= mostWords) return
      for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu))
        if (words.length < mostWords) words.push(word.slice(0, 100))
    },
    onclosetag(name) {
      depth -= 1
      if (silent.has(name)) quiet -= 1
      if (name === 'title') inTitle = false
    },
  })
  parser.write(html)
  parser.end()
  const sorted = (all: Set<string>): string[] => [...all].toSorted()
  return {
    title: printable(title.replace(/\s+/g, ' ').trim()).slice(0, 500),
    words,
    scripts: sorted(hosts.scripts),
    frames: sorted(hosts.frames),
    forms: sorted(hosts.forms),
    asksPassword,
    ...(sentOnTo === undefined ? {} : { sentOnTo }),
  }
}

/** Host of an address as it stands in a page; '' for the page's own, undefined for what leads nowhere. */
function hostOf(address: string, url: string): string | undefined {
  const base = URL.parse(url)
  const found = URL.parse(address.trim().slice(0, 4_000), base?.href)
  if (found === null || !/^https?:$/.test(found.protocol)) return undefined
  return found.host === base?.host ? '' : printable(found.host)
}
