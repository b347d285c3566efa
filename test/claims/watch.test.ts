import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimDocuments, watchedPosts, watchWord, type WatchWord } from '../../src/claims/index.ts'

const word = (kind: WatchWord['kind'], text: string, of = 'ours'): WatchWord => watchWord(kind, text, { of, country: 'MY' })
const words = [
  word('name', 'Meridian Telekom'),
  word('name', 'Orbis', 'vendor:orbis'),
  word('domain', 'meridian.example'),
  word('numbers', '60123*'),
]

async function metIn(text: string, some: readonly WatchWord[] = words): Promise<string[]> {
  const { documents } = await claimDocuments({ file: 'post.txt', bytes: Buffer.from(text) })
  return watchedPosts(documents, some, { country: 'MY' }).met.flatMap(({ met }) =>
    met.map((one) => `${one.word.text} ${one.how} ${one.times}`),
  )
}

test.each([
  ['We have MERIDIAN Telekom, all of it. Meridian-Telekom pays or not.', ['Meridian Telekom as-written 2']],
  ['M3R1D1AN TELEKOM is next', ['Meridian Telekom look-alike 1']],
  ['Mеridian Telekоm (with Cyrillic letters)', ['Meridian Telekom look-alike 1']],
  ['MeridianTelekom dump', ['Meridian Telekom as-written 1']],
  ['hxxps://crm.meridian[.]example/login', ['meridian.example as-written 1']],
  ['log in at rneridian.example', ['meridian.example look-alike 1']],
  ['mеridian.example has a letter of another script', ['meridian.example look-alike 1']],
  ['my number is 012-345 6789', ['60123000000-60123999999 as-written 1']],
  ['+60 12 399 9999 and 60123000000', ['60123000000-60123999999 as-written 2']],
  ['Orbis was hit', ['Orbis as-written 1']],
])('%j bears %j', async (text, want) => {
  expect(await metIn(text)).toEqual(want)
})

test.each([
  'The meridian line runs through Telekom offices elsewhere',
  'Meridian, and somewhere else Telekom',
  '0r815 and Orbiss and orbital',
  'meridian.example.org is somebody else, as is notmeridian.example',
  '60124000000, 6012300000 (a digit short), 601239999990 (one too many), version 6.0123456789',
  '10.60.12.30 and 2026-01-23 00:00:00',
])('%j bears none of the words', async (text) => {
  expect(await metIn(text)).toEqual([])
})

test('what stands around a word has no link to follow and no whole number', async () => {
  const { documents } = await claimDocuments({
    file: 'post.txt',
    bytes: Buffer.from('Meridian Telekom: http://leak.onion/x and 60123456789 \u202ereversed'),
  })
  const [post] = watchedPosts(documents, words).met
  const shown = post?.met.map(({ around }) => around).join(' ') ?? ''
  expect(shown).toContain('leak[.]onion')
  expect(shown).not.toMatch(/http:|60123456789|\u202e/)
})

test('a post is told once, whatever file it stands in; its key does not change', async () => {
  const feed = (title: string): Buffer =>
    Buffer.from(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
    <item><title>${title}</title><description>Meridian Telekom is named.</description></item>
    <item><title>Weather</title><description>It rains.</description></item></channel></rss>`)
  const read = async (...texts: Buffer[]) => {
    const all = await Promise.all(texts.map((bytes) => claimDocuments({ file: 'feed.xml', bytes })))
    return watchedPosts(
      all.flatMap(({ documents }) => documents),
      words,
    )
  }
  const once = await read(feed('Leak'))
  expect(once.posts).toBe(2)
  expect(once.met.length).toBe(1)
  const twice = await read(feed('Leak'), feed('Leak'))
  expect(twice.met.map(({ key }) => key)).toEqual(once.met.map(({ key }) => key))
  expect((await read(feed('Leak'), feed('Another'))).met.length).toBe(2)
})

test.each([
  ['name', 'abc', 'is no name'],
  ['name', '- - -', 'is no name'],
  ['domain', 'https://meridian.example/', 'is no internet domain'],
  ['domain', 'meridian', 'is no internet domain'],
  ['numbers', '012*', 'is no range'],
  ['numbers', '60129999999-60120000000', 'is no range'],
  ['numbers', '60123', 'is no range'],
] as const)('%s %j cannot be looked for: %s', (kind, text, why) => {
  expect(() => watchWord(kind, text, { of: 'ours' })).toThrow(why)
})

test('any text can be read; a name in it is found wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      async (before, behind) => {
        const { documents } = await claimDocuments({
          file: 'post.txt',
          bytes: Buffer.from(`x ${before} \n\n Meridian Telekom, ${behind}`),
        })
        const named = watchedPosts(documents, [words[0] as WatchWord]).met
        expect(documents.length === 0 || documents[0]?.kind !== 'article' || named.length > 0).toBe(true)
      },
    ),
    { numRuns: 100 },
  )
})
