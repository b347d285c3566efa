import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource, collect } from '../../src/base/index.ts'
import { identify, readBlocks } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

async function blocks(text: string) {
  const { records, faults } = await collect(readBlocks(bytesSource('in.txt', Buffer.from(text))))
  return {
    records: records.map(({ line, form, fields }) => ({ line, form, ...fields })),
    faults: faults.map(({ code, where }) => [code, where.line]),
  }
}

const kindOf = async (text: string) => identify(bytesSource('in.txt', Buffer.from(text)))

test('a record that is not closed and a line of another form are faults; the others are read', async () => {
  const xml = '<AUDIT>\n<AUDIT_RECORD NAME="Query"\n SQLTEXT="a &lt; b &#65; &bogus;"/>\n<AUDIT_RECORD NAME="Quit"\n'
  expect(await blocks(xml)).toEqual({
    records: [{ line: 2, form: 'xml-audit', NAME: 'Query', SQLTEXT: 'a < b A &bogus;' }],
    faults: [['log-row-wrong', 4]],
  })
})

test('a body file keeps bars in names and leaves out times that are zero', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `0|/f${i}|x|${i}|r/r|0|0|5|1706666400|0|1706666400|0`)
  const { records, faults } = await blocks([...rows, 'in other words'].join('\n'))
  expect(records).toHaveLength(20)
  expect(records[3]).toEqual({
    line: 4,
    form: 'bodyfile',
    name: '/f3|x',
    inode: '3',
    mode: 'r/r',
    uid: '0',
    gid: '0',
    size: '5',
    atime: '1706666400',
    ctime: '1706666400',
  })
  expect(faults).toEqual([['log-row-wrong', 21]])
})

test('what only looks like one of these logs is not taken for it', async () => {
  expect((await kindOf('GET /index.html\nGET /a.css\n')).records).toBeUndefined()
  expect((await kindOf('see /etc/passwd\nand /etc/shadow\n')).records).toBeUndefined()
  expect((await kindOf('#1706666400\n#1706666401\n')).records).toBeUndefined()
  expect((await kindOf('a|b|c|d|e|f|g|h|i|j|k\n1|2|3|4|5|6|7|8|9|x|11\n')).records).toBeUndefined()
  expect((await kindOf('<AUDIT_RECORDS>\n<x/>\n</AUDIT_RECORDS>\n')).records).toBeUndefined()
})

test('whatever text follows a right beginning, reading ends, within a second', async () => {
  const starts = [
    '<AUDIT_RECORD NAME="x" ',
    'header,1,2,x,,h,2024-01-31 10:00:00.000 +08:00\nsubject,a\n',
    '__CURSOR=1\n',
    '#1706666400\nls\n',
    'a_b /x\n0x1:$a: x\n',
  ]
  const noise = fc.array(
    fc.constantFrom('<', '>', '"', '/>', 'AUDIT_RECORD', '\n', ',', '|', 'header,', 'return,', '&#x41;', '=', 'A', ' ', '\0'),
    { maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...starts), noise, async (start, rest) => {
      const { records } = await collect(readBlocks(bytesSource('in.txt', Buffer.from(start + rest.join('')))))
      for (const { fields } of records) expect(Object.values(fields).every((value) => typeof value === 'string')).toBe(true)
    }),
    { numRuns: 200, seed: 7 },
  )
  for (const start of starts) {
    const started = coreTime()
    await collect(readBlocks(bytesSource('in.txt', Buffer.from(`${start}${' a="'.repeat(100_000)}\n${'<a '.repeat(100_000)}`))))
    expect(coreTime() - started, start).toBeLessThan(1_000)
  }
})
