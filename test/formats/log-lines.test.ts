import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTemplate, readLogLine } from '../../src/formats/index.ts'
import { coreTime } from '../base/core-time.ts'

const templates: readonly (readonly [template: string, text: string, want: object | undefined])[] = [
  [
    'Accepted {how} for {user} from {src:ip} port {port:int}',
    'Accepted password for ops from 192.0.2.1 port 22 ssh2',
    { how: 'password', user: 'ops', src: '192.0.2.1', port: '22' },
  ],
  ['Accepted {how} for {user} from {src:ip}', 'Accepted password for o p from 192.0.2.1', undefined],
  ['for {user:last} from {src:ip} ', 'for x from 192.0.2.9 from 192.0.2.1 port', { user: 'x from 192.0.2.9', src: '192.0.2.1' }],
  ['from {src:ip}', 'from nowhere', undefined],
  ['{a:peer} x', '[2001:db8::1]:443 x', { a: '2001:db8::1', aPort: '443' }],
  ['{a:peer} x', '192.0.2.1:443 x', { a: '192.0.2.1', aPort: '443' }],
  ['{a:peer} x', '2001:db8::1 x', { a: '2001:db8::1' }],
  ['{a:peer} x', 'name:443 x', undefined],
  ['a {b} c', 'a   b c', { b: 'b' }],
  ['"{q:quoted}" {n:int}', '"a \\" b" 5', { q: 'a \\" b', n: '5' }],
  ['only text', 'only text and more', {}],
  ['only text', 'other text', undefined],
  ['x {:any} {z}', 'x y z', { z: 'z' }],
]

for (const [template, text, want] of templates) {
  test(`template ${template} on ${text}`, () => {
    expect(compileTemplate(template)(text)).toEqual(want)
  })
}

const lines: readonly (readonly [text: string, form: string | undefined, fields: object])[] = [
  [
    'CEF:0|V|P \\| Q|1|7|n|3|a=1 b=x \\= y c=two words msg=l1\\nl2 ',
    'cef',
    { DeviceProduct: 'P | Q', Name: 'n', a: '1', b: 'x = y', c: 'two words', msg: 'l1\nl2' },
  ],
  ['CEF:0|V|P|1|7|n|3|cs1Label=Rule Name cs1=web x', 'cef', { cs1: 'web x', 'Rule Name': 'web x' }],
  ['LEEF:2.0|V|P|1|7|x5E|a=1^b=c d', 'leef', { a: '1', b: 'c d' }],
  ['LEEF:1.0|V|P|1|7|a=1\tb=c d', 'leef', { a: '1', b: 'c d' }],
  ['<13>Jan 31 10:00:00 h CEF:0|V|P|1|7|n|3|src=192.0.2.1', 'cef', { src: '192.0.2.1' }],
  ['CEF: a word that is no event', 'text', {}],
  [
    'date=2024-01-31 time=10:00:00 msg="a \\"b\\" = c" n=5,x=6',
    'pairs',
    { date: '2024-01-31', msg: 'a "b" = c', n: '5', x: '6' },
  ],
  ['a=1 b=2', 'text', {}],
  ['%ASA-6-302013: Built', 'cisco', { facility: 'ASA', severity: '6', mnemonic: '302013' }],
  [
    '<1>9: RP/0/RSP0/CPU0:Jan 31 2024 10:00:00.1 UTC: sshd[7]: %SECURITY-SSHD-6-INFO_SUCCESS : ok',
    'cisco',
    { facility: 'SECURITY-SSHD', mnemonic: 'INFO_SUCCESS', time: 'Jan 31 2024 10:00:00.1 UTC', process: 'sshd' },
  ],
  ['load at 95%-5-ish: fine', 'text', {}],
  ['{"a":1}', 'json', {}],
  [
    '<Event xmlns="x"><System><EventID Qualifiers="0">4624</EventID><Channel>Security</Channel></System><EventData><Data Name="A">1 &lt; &#x32;</Data><Data>p</Data><Binary>00</Binary></EventData></Event>',
    'windows',
    { EventID: '4624', EventID_Qualifiers: '0', Channel: 'Security', A: '1 < 2', Param1: 'p', Binary: '00' },
  ],
  ['<Event><System></System></Event>', 'text', {}],
  ['HEADER,CLIENT_LIST,Common Name', undefined, {}],
  ['nothing known', 'text', {}],
]

for (const [text, form, fields] of lines) {
  test(`a line as ${form ?? 'frame'}: ${text.slice(0, 60)}`, () => {
    const line = readLogLine(text)
    expect(line?.form).toBe(form)
    expect(line?.fields ?? {}).toMatchObject(fields)
  })
}

test('any line is taken apart without an error; fields are text, and no prototype is touched', () => {
  const unit = fc.constantFrom(
    'CEF:0|',
    '|',
    '\\',
    '=',
    ' ',
    '"',
    'a',
    '1',
    '<Event>',
    '<',
    '>',
    '%A-1-B:',
    '\t',
    ',',
    '{',
    '__proto__',
    'type=',
    'msg=audit(1.1:1): ',
    '\u0000',
    '\ud800',
    '[',
    ']',
    ':',
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const line = readLogLine(text)
      for (const value of Object.values(line?.fields ?? {})) expect(typeof value).toBe('string')
      expect(Object.getPrototypeOf(line?.fields ?? {})).toBe(Object.prototype)
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

test('a line of a megabyte costs time in proportion, whatever it holds', () => {
  const started = coreTime()
  for (const piece of [
    'a=',
    '=',
    'a=" ',
    'CEF:0|',
    '|',
    '\\',
    '%A-1-',
    '<a ',
    '<Event><',
    ' - ',
    '(',
    '{',
    ',',
    '\t',
    'a1=',
    '1 ',
    'Common.',
    '&#1',
    ': ',
  ])
    for (const lead of [
      '',
      'CEF:0|a|b|c|d|e|f|',
      'LEEF:2.0|a|b|c|d|^|',
      'type=EXECVE msg=audit(01/31/2024 10:00:00.1:1) : ',
      '<Event ',
      '<Event><System><EventID>1</EventID></System><EventData>',
      'x=1 y=2 z=3 ',
      'Jan 31 10:00:00 h a: ',
      '01/31/2024:02:00:00 GMT n 0-PPE-0 : default SSLVPN LOGIN 1 0 : ',
      'CISE_X 0000000415 1 0 2024-',
      'MSWinEventLog\t1\tSecurity\t1\tx\t1\tp\tu\tk\tt\tc\tg\t\t',
      'LogName=Security\nEventCode=1\nMessage=',
      'client 192.0.2.1#1 (',
    ])
      readLogLine(lead + piece.repeat(Math.floor(1_000_000 / piece.length)))
  expect(coreTime() - started).toBeLessThan(30_000)
})
