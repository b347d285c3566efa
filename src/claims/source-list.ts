import type { Moment } from '../base/index.ts'
import type { Passage } from './passage.ts'
import type { Post, ThreadSource } from './thread.ts'

/** Where a thread's words come from: each channel, article or list once, with its first time and how many posts. */
export function sourcesOf(passages: readonly Passage[]): ThreadSource[] {
  const found = new Map<string, ThreadSource>()
  for (const passage of passages) {
    const kind =
      passage.repostOf !== undefined
        ? 're-post'
        : passage.author === undefined
          ? 'report'
          : passage.listed === true
            ? 'list'
            : 'own post'
    const name = passage.channel || passage.title || passage.document.member || passage.document.file.split('/').at(-1) || ''
    const key = `${kind} ${name} ${passage.author === undefined ? passage.document.sha256 : ''}`
    const time = passage.at ?? passage.reportedAt
    const known = found.get(key)
    const first = earlier(known?.first, time)
    found.set(key, {
      name,
      kind,
      posts: (known?.posts ?? 0) + 1,
      ...(first === undefined ? {} : { first }),
      cite: known?.cite ?? passage.cite,
    })
  }
  return [...found.values()]
}

function earlier(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  return a === undefined || (b !== undefined && b.at < a.at) ? b : a
}

/**
 * Posts with their earlier wordings: the same message of the same channel handed over twice is one post, and what was edited stays as a
 * version. In and out in order of time.
 */
export function withVersions(posts: readonly Post[]): Post[] {
  const groups = new Map<string, Post[]>()
  for (const [index, post] of posts.entries()) {
    const key = post.id === undefined || post.source !== 'actor' ? `#${index}` : `${post.channel}\n${post.id}`
    groups.set(key, [...(groups.get(key) ?? []), post])
  }
  return [...groups.values()].map((group) => {
    const ordered = [...group].sort((a, b) => ((a.editedAt?.at ?? '') < (b.editedAt?.at ?? '') ? -1 : 1))
    const last = ordered.at(-1) as Post
    const before = ordered.slice(0, -1)
    const versions = before
      .filter((one) => one.text !== last.text)
      .map(({ text, editedAt, cite }) => ({ text, ...(editedAt ? { editedAt } : {}), cite }))
    const also = before.filter((one) => one.text === last.text).map((one) => one.cite)
    return { ...last, ...(versions.length > 0 ? { versions } : {}), ...(also.length > 0 ? { also } : {}) }
  })
}
