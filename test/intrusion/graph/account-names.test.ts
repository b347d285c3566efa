import { expect, test } from 'vitest'
import { accountNames } from '../../../src/intrusion/graph/account-names.ts'

type NamedAccount = Parameters<typeof accountNames>[0][number]

const named = (name: string, sid = '', more: Partial<NamedAccount> = {}): NamedAccount => ({
  name,
  sid,
  count: 1,
  privileged: false,
  serving: false,
  ...more,
})
const nodes = (all: readonly NamedAccount[]): Record<string, string> =>
  Object.fromEntries(accountNames(all, []).map((one) => [one.name, one.node]))
const tan = 'S-1-5-21-1-2-3-1105'

test('names with one identifier are one account, called by its short domain; the identifier itself means it too', () => {
  expect(nodes([named('meridian.example\\r.tan', tan, { count: 9 }), named('meridian\\r.tan', tan)])).toEqual({
    'meridian.example\\r.tan': 'acct:meridian\\r.tan',
    'meridian\\r.tan': 'acct:meridian\\r.tan',
    [tan.toLowerCase()]: 'acct:meridian\\r.tan',
  })
})

test('a principal name or a qualified domain joins the short domain of the same first label, and no other', () => {
  const found = nodes([
    named('meridian\\r.tan', tan),
    named('r.tan@meridian.example'),
    named('meridian.example\\r.tan'),
    named('r.tan@other.example'),
  ])
  expect(found['r.tan@meridian.example']).toBe('acct:meridian\\r.tan')
  expect(found['meridian.example\\r.tan']).toBe('acct:meridian\\r.tan')
  expect(found['r.tan@other.example']).toBe('acct:r.tan@other.example')
})

test('a bare name joins the one account that has it, and none of several', () => {
  expect(nodes([named('meridian\\r.tan', tan), named('r.tan')])['r.tan']).toBe('acct:meridian\\r.tan')
  expect(nodes([named('meridian\\admin'), named('ws-01\\admin'), named('admin')])['admin']).toBe('acct:admin')
})

test('accounts of one name on two computers stay two', () => {
  const found = nodes([named('ws-01\\administrator', 'S-1-5-21-7-7-7-500'), named('ws-02\\administrator', 'S-1-5-21-8-8-8-500')])
  expect(found['ws-01\\administrator']).not.toBe(found['ws-02\\administrator'])
})

test('an account has a class', () => {
  const classes = accountNames(
    [
      named('nt authority\\system', 'S-1-5-18'),
      named('window manager\\dwm-1'),
      named('meridian\\app-01$', 'S-1-5-21-1-2-3-2001'),
      named('meridian\\svc_backup'),
      named('meridian\\batch', '', { serving: true }),
      named('meridian\\adm.lim', 'S-1-5-21-1-2-3-1200', { privileged: true }),
      named('ws-01\\administrator', 'S-1-5-21-7-7-7-500'),
      named('meridian\\r.tan', tan),
    ],
    [],
  )
  expect(Object.fromEntries(classes.filter((one) => !one.name.startsWith('s-1-')).map((one) => [one.name, one.class]))).toEqual({
    'nt authority\\system': 'built-in',
    'window manager\\dwm-1': 'built-in',
    'meridian\\app-01$': 'machine',
    'meridian\\svc_backup': 'service',
    'meridian\\batch': 'service',
    'meridian\\adm.lim': 'admin',
    'ws-01\\administrator': 'admin',
    'meridian\\r.tan': 'user',
  })
})

test('home is the origin of most days, over all names of an account', () => {
  const origins = [
    { name: 'meridian\\r.tan', origin: 'ws-01', days: 3 },
    { name: 'meridian.example\\r.tan', origin: 'ws-01', days: 2 },
    { name: 'meridian\\r.tan', origin: 'ws-02', days: 4 },
  ]
  const [one] = accountNames([named('meridian.example\\r.tan', tan), named('meridian\\r.tan', tan)], origins)
  expect(one).toMatchObject({ home: 'ws-01', home_days: 5, days: 9 })
})
