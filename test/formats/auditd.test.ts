import { expect, test } from 'vitest'
import { AuditEvents } from '../../src/formats/index.ts'
import { readAuditLine } from '../../src/formats/auditd/audit-line.ts'
import { syscallName } from '../../src/formats/auditd/syscalls.ts'

const parse = (text: string): Record<string, string> => readAuditLine(text) ?? {}

test('system calls have their names by number, on their architecture alone', () => {
  expect(
    [['0'], ['59'], ['42'], ['322'], ['334'], ['424'], ['435'], ['462']].map(([n]) => syscallName('c000003e', n ?? '')),
  ).toEqual(['read', 'execve', 'connect', 'execveat', 'rseq', 'pidfd_send_signal', 'clone3', 'mseal'])
  expect(syscallName('40000003', '11')).toBe('')
  expect(syscallName('c000003e', '9999')).toBe('')
})

test('hexadecimal texts are decoded, numbers and quoted texts are not', () => {
  expect(parse('type=EXECVE msg=audit(1.000:1): argc=3 a0="sh" a1=2D63 a2="ABCD"')).toMatchObject({
    a0: 'sh',
    a1: '-c',
    a2: 'ABCD',
  })
  expect(
    parse('type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 a0=5A5A comm=6120622E exe="/x" key=(null)'),
  ).toMatchObject({
    a0: '5A5A',
    comm: 'a b.',
    SYSCALL: 'execve',
  })
  expect(parse('type=PATH msg=audit(1.000:1): item=0 name=2F746D702F6120C3A9 inode=4')).toMatchObject({
    name: '/tmp/a é',
    inode: '4',
  })
  expect(parse('type=SOCKADDR msg=audit(1.000:1): saddr=0A0001BB0000000020010DB800000000000000000000000500000000')).toMatchObject(
    {
      family: 'inet6',
      addr: '2001:db8::5',
      port: '443',
    },
  )
  expect(readAuditLine('type=x msg=other')).toBeUndefined()
})

test("a user's record opens its inner message; names the daemon adds are fields", () => {
  const fields = parse(
    'node=h1 type=USER_AUTH msg=audit(1.5:9): pid=1 auid=1000 msg=\'op=PAM:auth acct="ops" addr=192.0.2.1 res=failed\'\u001DUID="root"',
  )
  expect(fields).toMatchObject({
    node: 'h1',
    op: 'PAM:auth',
    acct: 'ops',
    addr: '192.0.2.1',
    res: 'failed',
    UID: 'root',
    audit_serial: '9',
  })
})

test('records are joined by host and event, in any interleaving, and none is lost', () => {
  const events = new AuditEvents()
  const line = (n: number, text: string): { line: number; fields: Record<string, string> } => ({ line: n, fields: parse(text) })
  const out = [
    ...events.add(line(1, 'node=a type=SYSCALL msg=audit(1.0:1): exe="/bin/sh" pid=5')),
    ...events.add(line(2, 'node=b type=EXECVE msg=audit(1.0:1): argc=1 a0="id"')),
    ...events.add(line(3, 'node=a type=EXECVE msg=audit(1.0:1): argc=2 a0="sh" a1[0]="-" a1[1]="c" a1_len=2')),
    ...events.add(line(4, 'node=a type=EOE msg=audit(1.0:1): ')),
    ...events.end(),
  ]
  expect(out.map((one) => one.line).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
  const by = new Map(out.map((one) => [one.line, one.fields]))
  expect(by.get(3)).toMatchObject({ exe: '/bin/sh', CommandLine: 'sh -c' })
  expect(by.get(2)).toMatchObject({ CommandLine: 'id' })
  expect(by.get(2)?.['exe']).toBeUndefined()
})

test('open events are bounded: the oldest is given out', () => {
  const events = new AuditEvents()
  let given = 0
  for (let n = 1; n <= 10_000; n += 1)
    given += events.add({ line: n, fields: parse(`type=CWD msg=audit(1.0:${n}): cwd="/"`) }).length
  expect(given).toBe(10_000 - 64)
  expect(events.end()).toHaveLength(64)
})
