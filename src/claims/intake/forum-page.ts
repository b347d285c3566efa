import { Parser } from 'htmlparser2'
import { fault, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'
import { dateIn } from '../date.ts'
import type { ListedPost } from '../document.ts'

/** How a kind of page marks its posts: classes of elements, or attributes (`@name`) of the post's own element. */
interface Layout {
  readonly name: string
  readonly post: RegExp
  readonly author: string
  readonly time: string
  readonly body: string
}

/** XenForo, MyBB, phpBB, the public page of a Telegram channel, and the HTML export of Telegram Desktop. */
const layouts: readonly Layout[] = [
  {
    name: 'forum',
    post: /^message(?: |$).*\bmessage--post\b|\bjs-post\b/,
    author: '@data-author',
    time: 'u-dt',
    body: 'bbWrapper',
  },
  { name: 'forum', post: /^post(?: |$)/, author: 'username', time: 'author', body: 'content' },
  { name: 'forum', post: /^post(?: |$)/, author: 'largetext', time: 'post_date', body: 'post_body' },
  {
    name: 'Telegram',
    post: /\btgme_widget_message(?: |$)/,
    author: 'tgme_widget_message_owner_name',
    time: 'tgme_widget_message_date',
    body: 'tgme_widget_message_text',
  },
  { name: 'Telegram', post: /^message default\b/, author: 'from_name', time: 'date', body: 'text' },
]

interface Open {
  readonly name: string
  readonly classes: string
  readonly quote: boolean
}

interface Draft {
  readonly depth: number
  readonly id: string
  author: string
  time: string
  stamp: string
  body: string
}

/**
 * Posts of a forum page or a saved chat page, each with its author, time and own words; what a post quotes of others is left out.
 * Undefined when the page has none of the known layouts, or no post with an author: it is then read as an article.
 */
export function readForumPage(
  bytes: Uint8Array,
  options: { readonly file: string; readonly zone?: string },
): { posts: ListedPost[]; faults: Fault[] } | undefined {
  const page = new TextDecoder().decode(bytes)
  if (bytes.length > limits.documentBytes) return undefined
  for (const layout of layouts) {
    if (!page.includes(layout.body)) continue
    const read = postsOf(page, layout, options)
    if (read.posts.length > 0) return read
  }
  return undefined
}

function postsOf(
  page: string,
  layout: Layout,
  options: { readonly file: string; readonly zone?: string },
): { posts: ListedPost[]; faults: Fault[] } {
  const posts: ListedPost[] = []
  const faults: Fault[] = []
  const open: Open[] = []
  let draft: Draft | undefined
  let last = ''
  const has = (wanted: string): boolean =>
    draft !== undefined && open.slice(draft.depth).some((one) => ` ${one.classes} `.includes(` ${wanted} `))
  const quoted = (): boolean => draft !== undefined && open.slice(draft.depth).some((one) => one.quote)
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const classes = attributes['class'] ?? ''
        if (draft === undefined && layout.post.test(classes)) {
          const own = layout.author.startsWith('@') ? (attributes[layout.author.slice(1)] ?? '') : ''
          const id = attributes['data-post'] ?? attributes['id'] ?? ''
          draft = { depth: open.length + 1, id, author: own, time: '', stamp: '', body: '' }
        }
        open.push({ name, classes, quote: name === 'blockquote' || /\b(?:quote|reply_to)/i.test(classes) || name === 'script' })
        if (open.length > limits.htmlDepth) {
          faults.push(
            fault(
              'html-too-deep',
              `elements are nested deeper than ${limits.htmlDepth}`,
              { file: options.file },
              'open the page by hand',
            ),
          )
          parser.pause()
          parser.reset()
          return
        }
        if (draft === undefined) return
        if (has(layout.body) && /^(?:br|p|div|li)$/.test(name)) draft.body += '\n'
        if (attributes['datetime'] && draft.stamp === '') draft.stamp = attributes['datetime']
        if (has(layout.time) && attributes['title']) draft.time += ` ${attributes['title']}`
      },
      ontext(text) {
        if (draft === undefined || quoted()) return
        if (has(layout.body)) draft.body += draft.body.length < limits.fieldChars ? text.replace(/\s+/g, ' ') : ''
        else if (!layout.author.startsWith('@') && has(layout.author) && draft.author.length < 100) draft.author += text
        else if (has(layout.time)) draft.time += text
      },
      onclosetag() {
        open.pop()
        if (draft === undefined || open.length >= draft.depth) return
        const done = draft
        draft = undefined
        if (posts.length >= limits.posts) return
        const author = done.author.replace(/\s+/g, ' ').trim() || last
        last = author
        const text = done.body.replace(/ ?\n\s*/g, '\n').trim()
        if (author === '' || text === '') return
        posts.push({
          record: posts.length + 1,
          ...(done.id === '' ? {} : { id: done.id.slice(0, 200) }),
          author,
          ...timeOf(done, options.zone),
          channel: layout.name,
          text,
          attachments: [],
        })
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(page)
  if (faults.length === 0) parser.end()
  return { posts, faults }
}

function timeOf(draft: Draft, zone: string | undefined): { at?: Moment } {
  const stamp = parseIso(draft.stamp, zone) ?? dateIn(draft.time.replace(/\s+/g, ' ').trim(), zone)?.moment
  return stamp === undefined ? {} : { at: stamp }
}
