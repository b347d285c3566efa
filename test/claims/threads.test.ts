import { expect, test } from 'vitest'
import { claimDocuments, readClaims, type Party } from '../../src/claims/index.ts'

const post = (id: number, at: string, text: string, more: object = {}) => ({
  id,
  type: 'message',
  date_unixtime: String(Date.parse(at) / 1000),
  text,
  ...more,
})
const channel = (name: string, messages: readonly object[]) => JSON.stringify({ name, type: 'public_channel', id: 1, messages })

async function threadsOf(files: Readonly<Record<string, string>>, options: Parameters<typeof readClaims>[1] = {}) {
  const documents = []
  for (const [file, content] of Object.entries(files))
    documents.push(...(await claimDocuments({ file, bytes: Buffer.from(content) })).documents)
  return readClaims(documents, options).threads
}

const words = 'We breached Harrow Net last night and copied 14,000 contracts of business customers from the order system.'

test('one claim on three channels is one thread with three sources', async () => {
  const threads = await threadsOf({
    'a/result.json': channel('Nightjar Crew', [post(1, '2026-03-11T01:00:00Z', words)]),
    'b/result.json': channel('Leaks Daily', [post(9, '2026-03-11T03:00:00Z', `${words} Repost.`)]),
    'c.txt':
      'The hacking group Nightjar Crew claims to have breached Harrow Net.\n\nHarrow Net said it found no evidence of a breach of its systems.\n',
  })
  expect(threads).toHaveLength(1)
  expect(threads[0]?.actor).toBe('Nightjar Crew')
  expect(threads[0]?.sources?.map((one) => [one.name, one.kind])).toEqual([
    ['Nightjar Crew', 'own post'],
    ['Leaks Daily', 're-post'],
    ['c.txt', 'report'],
  ])
  expect(threads[0]?.posts.find((one) => one.channel === 'Leaks Daily')?.repostOf).toEqual(threads[0]?.posts[0]?.cite)
})

test('another claim in like words about somebody else is no re-post', async () => {
  const threads = await threadsOf({
    'a/result.json': channel('Nightjar Crew', [post(1, '2026-03-11T01:00:00Z', words)]),
    'b/result.json': channel('Red Quay', [
      post(
        1,
        '2026-03-12T01:00:00Z',
        'We breached Corvane Telecom in June and downloaded 640 GB of internal files, invoices and contracts.',
      ),
    ]),
  })
  expect(threads.map((one) => one.actor)).toEqual(['Nightjar Crew', 'Red Quay'])
  expect(threads.flatMap((one) => one.posts).filter((one) => one.repostOf !== undefined)).toEqual([])
})

test('the same message exported twice is one post; what was edited stays as a version', async () => {
  const [thread] = await threadsOf({
    'old/result.json': channel('Nightjar Crew', [
      post(1, '2026-03-11T01:00:00Z', 'We breached Harrow Net. 14,000 contracts.'),
      post(2, '2026-03-11T02:00:00Z', 'Harrow Net is silent.'),
    ]),
    'new/result.json': channel('Nightjar Crew', [
      post(1, '2026-03-11T01:00:00Z', 'We breached Harrow Net. 41,000 contracts.', {
        edited_unixtime: String(Date.parse('2026-03-12T00:00:00Z') / 1000),
      }),
      post(2, '2026-03-11T02:00:00Z', 'Harrow Net is silent.'),
    ]),
  })
  expect(thread?.posts.map((one) => one.text)).toEqual(['We breached Harrow Net. 41,000 contracts.', 'Harrow Net is silent.'])
  expect(thread?.posts[0]?.versions?.map((one) => one.text)).toEqual(['We breached Harrow Net. 14,000 contracts.'])
  expect(thread?.posts[1]?.also).toHaveLength(1)
  expect(
    thread?.readings
      ?.filter((one) => one.kind === 'quantity')
      .map((one) => one.quantity)
      .sort(),
  ).toEqual([14_000, 41_000])
})

test('a recurring threat is a clock that tells what happened at each tick, and nothing after the last post', async () => {
  const [thread] = await threadsOf({
    'result.json': channel('Nightjar Crew', [
      post(1, '2026-03-11T01:00:00Z', 'Harrow Net, every three hours we publish one more folder.'),
      post(2, '2026-03-11T04:02:00Z', 'Folder 1 is online: 14,000 contracts.'),
      post(3, '2026-03-11T10:30:00Z', 'Still waiting, Harrow Net.'),
    ]),
  })
  expect(thread?.clocks?.[0]).toMatchObject({ id: 'C1', every: 'PT3H' })
  expect(thread?.clocks?.[0]?.ticks.map((one) => [one.at.at.slice(11, 16), one.happened])).toEqual([
    ['04:00', 'data said to be published'],
    ['07:00', 'nothing at hand'],
    ['10:00', 'posted'],
  ])
})

test('a deadline in another zone is told in UTC; one that has not passed by the last post has no tick', async () => {
  const [thread] = await threadsOf({
    'result.json': channel('Red Quay', [
      post(1, '2026-12-01T10:00:00Z', 'Oakhollow Cable: your last chance is Friday 4 December 2026, 9 pm Moscow time.'),
    ]),
  })
  expect(thread?.clocks?.[0]?.at?.at).toBe('2026-12-04T18:00:00.000000Z')
  expect(thread?.clocks?.[0]?.ticks).toEqual([])
})

test('victims in turn, how each case stands, and which of them are ours', async () => {
  const parties: Party[] = [
    { entry: 'vendor:aminor', revision: 2, name: 'Aminor Systems', relation: 'vendor until 2025-12-31' },
    { entry: 'vendor:other', revision: 1, name: 'Amina', relation: 'vendor' },
  ]
  const [thread] = await threadsOf(
    {
      'result.json': channel('Qu1etus', [
        post(1, '2026-05-28T00:00:00Z', 'From today every telecom operator of this country is our target.'),
        post(
          2,
          '2026-05-30T00:00:00Z',
          'We breached Aminor Systems and published 44 GB. Aminor Systems lists Meridian Telekom as a customer.',
        ),
        post(3, '2026-06-01T00:00:00Z', 'We are inside your network, Meridian Telekom.'),
      ]),
      'b.txt':
        'The group Qu1etus claims to have breached Meridian Telekom.\n\nMeridian Telekom said that it found no evidence of a breach.\n',
    },
    { parties, operator: 'Meridian Telekom' },
  )
  const victim = (name: string) => thread?.campaign?.victims.find((one) => one.name === name)
  expect(thread?.campaign?.against.map((one) => one.text)).toEqual([
    'From today every telecom operator of this country is our target.',
  ])
  expect(victim('Aminor Systems')?.ours?.map((one) => one.entry)).toEqual(['vendor:aminor'])
  expect(victim('Aminor Systems')?.listsUs?.[0]?.text).toBe('Aminor Systems lists Meridian Telekom as a customer.')
  expect(victim('Aminor Systems')?.ended.map((one) => one.kind)).toContain('said to be published')
  expect(victim('Meridian Telekom')?.ended.map((one) => one.kind)).toEqual(['denied'])
  expect(victim('Meridian Telekom')?.ours).toBeUndefined()
})

test('what customers report joins the thread, with whether it came before the claim', async () => {
  const [thread] = await threadsOf({
    'result.json': channel('HollowTide', [
      post(1, '2026-09-10T19:00:00Z', 'Palisade Wireless is ours. We hold 15 million call records.'),
    ]),
    'before.txt': '1 September 2026, 08:00 UTC\n\nPalisade Wireless confirmed a wave of SIM swap fraud among its customers.\n',
    'after.txt':
      '20 September 2026, 08:00 UTC\n\nPalisade Wireless confirmed phishing messages that use the names of its customers.\n',
  })
  expect(thread?.abuse?.map((one) => [one.kind, one.predates])).toEqual([
    ['sim-swap', 'yes'],
    ['phishing', 'no'],
  ])
})

test('an announced shutdown becomes a checklist; a threat to publish does not', async () => {
  const [shut] = await threadsOf({
    'result.json': channel('Ashgate', [
      post(1, '2026-05-20T09:00:00Z', 'Corvane Telecom, we can shut down your mobile network tonight.'),
    ]),
  })
  expect(shut?.readiness?.map((one) => one.key)).toEqual(['outage'])
  expect(shut?.readiness?.[0]?.items.length).toBeGreaterThan(2)
  const [leak] = await threadsOf({
    'result.json': channel('Ashgate', [
      post(1, '2026-05-20T09:00:00Z', 'Corvane Telecom, we will publish your customer data tonight.'),
    ]),
  })
  expect(leak?.readiness).toEqual([])
})

test('links are defanged wherever words are shown, and look-alike hosts are told', async () => {
  const threads = await threadsOf({
    'result.json': channel('Ashgate', [
      post(
        1,
        '2026-05-20T09:00:00Z',
        'We hacked Corvane Telecom. Files: https://t.me/ashgate and http://abcdefabcdef.onion/corvane or c\u043ervane.example/login',
      ),
    ]),
  })
  const all = JSON.stringify(threads)
  expect(all).not.toMatch(/https?:\/\/|t\.me\/|\.onion/)
  expect(all).toContain('hxxp://abcdefabcdef[.]onion/corvane')
  const disguised = threads[0]?.links?.filter((one) => one.disguise !== undefined) ?? []
  expect(disguised.map((one) => one.disguise)).toEqual(['letters of Latin and Cyrillic in one name'])
  expect(disguised[0]?.host).toMatch(/^xn--/)
})

test('a name in look-alike letters is the same victim', async () => {
  const [thread] = await threadsOf({
    'result.json': channel('Ashgate', [
      post(1, '2026-05-20T09:00:00Z', 'We hacked Corvane Telecom.'),
      post(2, '2026-05-20T10:00:00Z', 'C\u043ervane Telecom, we have your data.'),
    ]),
  })
  expect(thread?.victims).toHaveLength(1)
})

test('words in which nothing is recognised are kept for a person, and doubts are said', async () => {
  const [thread] = await threadsOf({
    'result.json': channel('VoidMarten', [
      post(
        1,
        '2026-04-19T20:15:00Z',
        'We hacked Ferrant Telecom.\nThe moon was very bright that evening.\nCongratulations, excellent security: we hold 77,000 contracts.',
      ),
    ]),
  })
  const unread = thread?.readings?.filter((one) => one.kind === 'unread').map((one) => one.text)
  expect(unread).toEqual(['The moon was very bright that evening.'])
  const doubtful = thread?.readings?.filter((one) => one.doubts?.includes('may be meant ironically') === true)
  expect(doubtful?.length).toBeGreaterThan(0)
  expect(doubtful?.every((one) => one.text.includes('Congratulations'))).toBe(true)
  expect(thread?.readings?.find((one) => one.kind === 'access')?.doubts).toBeUndefined()
})
