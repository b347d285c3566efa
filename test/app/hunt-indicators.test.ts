import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparable, indicatorKinds, refanged, type Indicator, type IndicatorKind } from '../../src/app/indicators.ts'
import { indicatorMatcher, neededText } from '../../src/app/indicators-match.ts'
import { readIndicators } from '../../src/app/indicators-read.ts'

const cases = resolve(import.meta.dirname, '../cases/indicators')

test.each(readdirSync(cases))('indicators of %s', (name) => {
  const [file = ''] = readdirSync(join(cases, name)).filter((one) => one.startsWith('in.'))
  const want = JSON.parse(readFileSync(join(cases, name, 'want.json'), 'utf8')) as {
    indicators: (string | null)[][]
    unreadable: number[] | string
  }
  const { indicators, unreadable } = readIndicators(readFileSync(join(cases, name, file), 'utf8'), file)
  expect(indicators.map((one) => [one.kind, one.value])).toEqual(want.indicators.map((one) => one.slice(0, 2)))
  for (const [at, told] of want.indicators.entries()) {
    const one = indicators[at]
    const origin = [one?.source, one?.date, one?.tlp, one?.pap].map((part) => part ?? null)
    if (told.length > 2) expect(origin.slice(0, told.length - 2)).toEqual(told.slice(2))
  }
  if (typeof want.unreadable === 'string') expect(`count ${unreadable.length}`).toBe(want.unreadable)
  else expect(unreadable.map((one) => one.line)).toEqual(want.unreadable)
})

function indicator(kind: IndicatorKind, written: string): Indicator {
  return { kind, value: comparable(kind, refanged(written)) ?? '', written, source: 'invented' }
}

const seen = (kind: IndicatorKind, written: string, value: string, field = 'f'): boolean =>
  indicatorMatcher([indicator(kind, written)])({ fields: { [field]: value } }).length > 0

test.each<[IndicatorKind, string, string]>([
  ['ip', '1.2.3.4', 'from 1.2.3.4 port 22'],
  ['ip', '1.2.3.4', '::ffff:1.2.3.4'],
  ['ip', '1.2.3.4', '1.2.3.4:443'],
  ['ip', '2001:db8::7', '2001:0DB8:0:0:0:0:0:7'],
  ['ip', '2001:db8::7', '[2001:db8::7]:443'],
  ['domain', 'evil.example', 'cdn.EVIL.example.'],
  ['domain', 'evil.example', 'https://a.evil.example:8443/x?y=evil'],
  ['domain', 'evil.example', 'clerk@evil.example'],
  ['domain', 'bücher.example', 'www.xn--bcher-kva.example'],
  ['domain', 'bücher.example', 'www.bücher.example'],
  ['url', 'hxxp://evil[.]example/a.php', 'GET http://Evil.example/a.php?id=3'],
  ['hash', 'd41d8cd98f00b204e9800998ecf8427e', 'SHA1=0,MD5=D41D8CD98F00B204E9800998ECF8427E'],
  ['file', 'Drop.exe', 'C:\\Temp\\DROP.EXE -x'],
  ['path', 'C:\\Users\\Public\\svc.dll', '"c:/users//public/SVC.dll",Run'],
  ['email', 'clerk@evil.example', 'to <Clerk@evil.example>'],
  ['registry', 'HKLM\\Software\\Evil', 'reg add HKEY_LOCAL_MACHINE\\SOFTWARE\\Evil\\Run /v x'],
  ['registry', 'HKEY_LOCAL_MACHINE\\Software\\Evil', '\\REGISTRY\\MACHINE\\Software\\Evil'],
])('%s %s is seen in %s', (kind, written, value) => {
  expect(seen(kind, written, value)).toBe(true)
  const needed = neededText(indicator(kind, written))
  if (needed !== undefined) expect(value.toLowerCase()).toContain(needed)
})

test.each<[IndicatorKind, string, string]>([
  ['ip', '1.2.3.4', '11.2.3.4'],
  ['ip', '1.2.3.4', '1.2.3.45'],
  ['ip', '1.2.3.4', '1.2.3.4.5'],
  ['ip', '2001:db8::7', '2001:db8::71'],
  ['domain', 'evil.example', 'notevil.example'],
  ['domain', 'evil.example', 'evil.example.org'],
  ['domain', 'evil.example', 'evil-example'],
  ['url', 'http://evil.example/a', 'http://evil.example/ab'],
  ['hash', 'd41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204e9800998ecf8427e0'],
  ['file', 'drop.exe', 'raindrop.exe'],
  ['file', 'drop.exe', 'drop.exe_old'],
  ['path', 'C:\\Users\\Public\\svc.dll', 'c:\\users\\public\\svc.dllx'],
  ['email', 'clerk@evil.example', 'aclerk@evil.example'],
  ['registry', 'HKLM\\Software\\Evil', 'HKLM\\Software\\Evil2'],
  ['user', 'bob', 'bob'],
])('%s %s is not seen in %s', (kind, written, value) => {
  expect(seen(kind, written, value)).toBe(false)
})

test('users are looked for where fields name them, with or without a domain', () => {
  expect(seen('user', 'bob', 'CORP\\Bob', 'SubjectUserName')).toBe(true)
  expect(seen('user', 'bob', 'bob@corp.example', 'user.name')).toBe(true)
  expect(seen('user', 'bob', 'bobby', 'SubjectUserName')).toBe(false)
})

test('what an indicator needs stands in every value that shows it', () => {
  const words = fc.constantFrom(
    'evil.example',
    'bücher.example',
    'cdn.',
    'EVIL.',
    'http://',
    '/a',
    '\\',
    'C:\\x',
    '1.2.3.4',
    '2001:db8::7',
    ':0db8:',
    'bob',
    '@',
    ' ',
    '"',
    'HKLM\\Soft',
    'hkey_local_machine\\soft',
    'x.exe',
    'd41d8cd98f00b204e9800998ecf8427e',
  )
  const texts = fc.array(words, { minLength: 1, maxLength: 4 }).map((some) => some.join(''))
  let shown = 0
  fc.assert(
    fc.property(fc.constantFrom(...indicatorKinds), texts, texts, (kind, written, value) => {
      const value0 = comparable(kind, written)
      if (value0 === undefined) return
      const one: Indicator = { kind, value: value0, written, source: 's' }
      for (const text of [value, written, `x ${written} y`]) {
        if (indicatorMatcher([one])({ fields: { user: text } }).length === 0) continue
        shown += 1
        const needed = neededText(one)
        if (needed !== undefined) expect(text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())).toContain(needed)
      }
    }),
    { numRuns: 3_000 },
  )
  expect(shown).toBeGreaterThan(500)
})

test('any text is read without an exception, and every line is an indicator or unreadable', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const read = readIndicators(text, 'in.txt')
      const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
      expect(read.indicators.length + read.unreadable.length <= lines.length * 200 + 1).toBe(true)
    }),
  )
})
