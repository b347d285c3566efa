import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { identify } from '../../src/formats/index.ts'
import { chunkBytes, evtxBytes, filetime } from './evtx-bytes.ts'

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const cases: readonly (readonly [want: string, name: string, content: string | Buffer])[] = [
  ['evtx', 'log.bin', evtxBytes([chunkBytes([{ eventId: 1, time: filetime(0), data: [] }])])],
  ['jsonl', 'a.txt', '{"@timestamp":"2024-01-01T00:00:00Z","x":1}\n{"x":2}\n'],
  ['jsonl', 'a.txt', '[\n {"x":1}\n]'],
  ['telegram', 'a.json', '{\n "name": "c",\n "type": "public_channel",\n "id": 1,\n "messages": [\n  {"id": 1}\n ]\n}'],
  ['telegram', 'a.json', '{"name":"c","type":"public_channel","id":1,"messages":[{"id":1,"type":"message"}]}'],
  ['jsonl', 'a.json', '{"id":1,"messages":[1]}\n{"id":2,"messages":[]}\n'],
  ['access-log', 'a', '203.0.113.9 - - [11/Jul/2018:08:41:28 +0300] "GET / HTTP/1.1" 200 1\n'],
  ['log', 'a', '#Software: IIS\n#Fields: date time cs-method cs-uri-stem\n2019-09-03 10:13:36 GET /\n'],
  ['log', 'a.csv', 'Jan 31 10:00:00 h sshd[1]: Accepted password for a from 192.0.2.1 port 2 ssh2\n'],
  ['log', 'a', '<134>date=2024-01-31 time=10:00:00 devname="f" logid="1" type="event"\n'],
  ['log', 'a', 'CEF:0|V|P|1|7|n|3|a=1\n'],
  ['log', 'a', 'type=CWD msg=audit(1.000:1): cwd="/"\n'],
  ['log', 'a', '2024-01-31 10:00:00 worker started\n2024-01-31 10:00:05 worker done, with a long sentence\n'],
  ['log', 'a.txt', '"_time","_raw"\n"2024-01-31T10:00:00Z","x y"\n'],
  ['log', 'a.txt', 'Timestamp,DeviceName,ActionType\n2024-01-31T10:00:00Z,h,ProcessCreated\n'],
  ['csv', 'a.log', '_time,msisdn,name\n2024-01-31,60120000001,A\n2024-01-31,60120000002,B\n'],
  ['csv', 'a.log', 'timestamp,devicename,owner\n2024-01-31,h,A\n2024-01-31,g,B\n'],
  [
    'csv',
    'a',
    '2024-01-31 10:00:00,60120000001,60120000002,51\n2024-01-31 10:00:05,60120000003,60120000004,7\n2024-01-31 10:00:09,60120000003,60120000004,9\n',
  ],
  ['text', 'a', 'Jan came late: the train stood still.\nFeb was no better, they said: snow again.\n'],
  ['text', 'a', 'On 2024-01-31 we wrote to you.\n2024-01-31 10:00:00 was the time of the last answer.\nNobody came.\n'],
  [
    'pgaudit',
    'a',
    '2024-01-01 00:00:00.000 UTC [7] app@crm 10.0.0.1 crm LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,"select 1",<none>\n',
  ],
  ['csv', 'a.log', 'msisdn,name,plan\n60120000001,A,x\n60120000002,B,y\n'],
  ['csv', 'a', 'id;name\n1;"a;b"\n2;c\n'],
  // Times hold colons: rows of a table are no names and passwords.
  [
    'csv',
    'a',
    `subscriber,at,kind,account,team,ref\n${Array.from({ length: 12 }, (_, n) => `6012225${1800 + n},2026-07-01T21:05:0${n % 10}+08:00,customer,,care,TT-72210${50 + n}`).join('\n')}\n`,
  ],
  [
    'credentials',
    'a',
    'amir.tan:kucing2020!\nsitiN:Xy7#plop\nravi_k:12salam\nmei:qwe-ASD-9\nzul88:pantai(7)\nomar.b:Harimau1x\n',
  ],
  ['sql-dump', 'a', '-- dump\nCREATE TABLE `t` (`a` int);\nINSERT INTO `t` VALUES (1),(2);\n'],
  ['html', 'a.txt', '<!doctype html><html><head><title>x</title></head><body><p>Hello</p></body></html>'],
  ['markdown', 'a', '# Title\n\nSome **bold** words, and [a link](https://example.org).\n\n- one\n- two\n'],
  [
    'text',
    'a',
    'Insiden melibatkan vendor, kata Kelana\n\n22 Mac 2026, 14:10 (+08:00)\n\nKelana mengesahkan akses ke atas sistem vendor, Tenggara Systems.\nKira-kira 41,000 pelanggan terjejas.\n"Rangkaian kami tidak terjejas," kata jurucakapnya.\nKumpulan itu mendakwa memiliki data 4 juta pelanggan.\n',
  ],
  ['csv', 'a', 'id,remark\n1,"Called back, satisfied."\n2,Wants a new modem.\n3,Moved away.\n'],
  ['text', 'a', 'We have your data, Meridian Telekom.\nPay, or every customer, every call, every bill goes out.\n'],
  ['png', 'a.txt', pixel],
  ['jpeg', 'a', Buffer.from('ffd8ffe000104a46494600010101006000600000', 'hex')],
  ['gif', 'a', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
  ['pdf', 'a', '%PDF-1.7\n1 0 obj\n'],
  ['gzip', 'a', gzipSync('x')],
  ['empty', 'a', ''],
]

for (const [want, name, content] of cases) {
  test(`${want} by content, whatever the name (${name})`, async () => {
    expect((await identify(bytesSource(name, Buffer.from(content)))).kind).toBe(want)
  })
}

test('what is not known says what was seen and what to do', async () => {
  const answer = await identify(bytesSource('a.bin', Buffer.from([0x01, 0x02, 0x03, 0x00, 0xfe, 0x00, 0x07, 0x08, 0x09])))
  expect(answer).toMatchObject({ kind: 'unknown', seen: 'bytes of no known format, beginning 01 02 03 00 fe 00 07 08' })
  expect(answer.todo).toContain('Convert')
})

test('a file named as a picture that is none is unknown, with the reason', async () => {
  expect(await identify(bytesSource('shot.png', Buffer.from('hello, world, this is text')))).toMatchObject({
    kind: 'unknown',
    seen: 'text (text) under the name of a picture',
  })
  expect((await identify(bytesSource('shot.jpg', Buffer.from([1, 2, 3, 4])))).todo).toContain('picture')
  expect((await identify(bytesSource('shot.jpg', pixel))).kind).toBe('png')
})

test('any bytes get an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const answer = await identify(bytesSource('x', bytes))
      expect(answer.seen).not.toBe('')
      if (answer.kind === 'unknown' || answer.kind === 'empty') expect(answer.todo).toBeTruthy()
    }),
    { numRuns: 200, seed: 7 },
  )
})
