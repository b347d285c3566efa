import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTelegram } from '../../src/formats/index.ts'

const read = (value: unknown, zone?: string) =>
  readTelegram(Buffer.from(JSON.stringify(value)), { file: 'result.json', ...(zone === undefined ? {} : { zone }) })
const chat = (...messages: unknown[]) => ({ name: 'Grey Kestrel', type: 'public_channel', id: 19, messages })
const message = { id: 4, type: 'message', from: 'Grey Kestrel', text: 'x' }

test('text in parts becomes one text, service messages give no post but keep the count', () => {
  const { chats, faults } = read(
    chat(
      { id: 1, type: 'service', action: 'create_channel', text: '' },
      { ...message, text: ['We have ', { type: 'bold', text: '1,886' }, ' lines', { type: 'link', text: '.' }, 7] },
    ),
  )
  expect(faults).toEqual([])
  expect(chats[0]?.posts).toMatchObject([{ record: 2, id: '4', text: 'We have 1,886 lines.', from: 'Grey Kestrel' }])
})

test('the unix time is stated; the local time alone is unknown, or assumed where a zone is given', () => {
  const at = (value: unknown, zone?: string) => read(chat(value), zone).chats[0]?.posts[0]?.at
  expect(at({ ...message, date: '2026-10-05T17:00:00', date_unixtime: '1791190800' })).toEqual({
    at: '2026-10-05T09:00:00.000000Z',
    zone: 'stated',
  })
  expect(at({ ...message, date: '2026-10-05T17:00:00' })).toMatchObject({ at: '2026-10-05T17:00:00.000000Z', zone: 'unknown' })
  expect(at({ ...message, date: '2026-10-05T17:00:00' }, '+08:00')).toMatchObject({
    at: '2026-10-05T09:00:00.000000Z',
    zone: 'assumed',
  })
  expect(at(message)).toBeUndefined()
})

test('an edit in 1970 is none; a real one is kept', () => {
  const posts = read(
    chat({ ...message, edited: '1970-01-01T00:00:00', edited_unixtime: '0' }, { ...message, edited_unixtime: '1791190900' }),
  ).chats[0]?.posts
  expect(posts?.[0]?.editedAt).toBeUndefined()
  expect(posts?.[1]?.editedAt?.at).toBe('2026-10-05T09:01:40.000000Z')
})

test('attachments: kept, not included, and paths that leave the folder', () => {
  const photo = (path: string) => ({ ...message, photo: path })
  const { chats, faults } = read(
    chat(
      photo('photos/photo_1.png'),
      { ...message, file: '(File not included. Change data exporting settings to download.)', file_name: 'sample.csv' },
      ...['../x.png', 'photos/../../x.png', '/etc/passwd', 'C:\\x.png', '..\\x.png', 'file:///etc/passwd', '~/x'].map(photo),
    ),
  )
  expect(chats[0]?.posts.flatMap((post) => post.attachments)).toEqual([
    { file: 'photos/photo_1.png', what: 'photo', included: true },
    { file: 'sample.csv', what: 'file', included: false },
  ])
  expect(faults.map((one) => [one.code, one.where.record])).toEqual(
    [3, 4, 5, 6, 7, 8, 9].map((record) => ['telegram-path-escape', record]),
  )
})

test('a whole account: records count through all chats; a broken chat or message costs only itself', () => {
  const { chats, faults } = read({
    chats: { list: [chat(message), { name: 'no messages' }, chat('broken', { ...message, date: 'yesterday' })] },
  })
  expect(chats.map((one) => one.posts.map((post) => post.record))).toEqual([[1], [3]])
  expect(faults.map((one) => [one.code, one.where.record])).toEqual([
    ['telegram-chat-unreadable', undefined],
    ['telegram-message-unreadable', 2],
    ['telegram-time-unreadable', 3],
  ])
})

test('no JSON, cut JSON, other JSON: one fault and nothing else', () => {
  const whole = JSON.stringify(chat(message))
  const codes = (text: string) => {
    const { chats, faults } = readTelegram(Buffer.from(text), { file: 'f' })
    expect(chats).toEqual([])
    return faults.map((one) => one.code)
  }
  expect(codes(whole.slice(0, -9))).toEqual(['telegram-not-json'])
  expect(codes('')).toEqual(['telegram-not-json'])
  expect(codes('{"a":1}')).toEqual(['telegram-not-an-export'])
  expect(codes('[[['.repeat(100_000))).toEqual(['telegram-not-json'])
})

test('any JSON value in any place gives posts and faults, never an exception', () => {
  const anything = fc.jsonValue()
  const record = fc.record({
    id: anything,
    type: anything,
    date: anything,
    date_unixtime: anything,
    from: anything,
    text: anything,
    photo: anything,
    file: anything,
    edited: anything,
  })
  fc.assert(
    fc.property(fc.array(fc.oneof(record, anything), { maxLength: 5 }), (messages) => {
      const { chats } = read(chat(...messages))
      for (const post of chats[0]?.posts ?? []) expect(post.text.isWellFormed()).toBe(true)
    }),
    { seed: 3, numRuns: 200 },
  )
})
