import { expect, test } from 'vitest'
import { bytesSource } from '../../src/base/index.ts'
import { lawfulReasons, lawfulTrace } from '../../src/disclosure/index.ts'
import { identify, recordFormatOf } from '../../src/formats/index.ts'

async function traceOf(name: string, content: string | Uint8Array) {
  const source = bytesSource(name, typeof content === 'string' ? Buffer.from(content) : content)
  const { kind } = await identify(source)
  const format = recordFormatOf(kind)
  return lawfulTrace(source, { kind, ...(format === undefined ? {} : { format }) })
}

test.each([
  ['warrant number', 'warrant_no,msisdn,valid_from,valid_to\nW-1,60123456789,2026-01-01,2026-03-01\n'],
  ['mediation', 'LIID,TargetMSISDN,LEMF_Address,Start\n17,60123456789,192.0.2.7,2026-01-01\n'],
  ['order by authority and target', 'order_ref,target_msisdn,requesting_authority\nO-1,60123456789,Court of Meridian\n'],
  [
    'order by authority and validity',
    'Order No;Issuing Court;Valid Until;Subscriber\nO-1;Court of Meridian;2026-03-01;60123456789\n',
  ],
  ['tasks of X1', 'xid,did,target_type,ne\n29f28e1c-f230-486a-a860-f5a784ab9172,1,MSISDN,mme-1\n'],
])('D3: a register is told by its columns: %s', async (_name, text) => {
  expect(await traceOf('register.csv', text)).toMatchObject({ kind: 'order-register' })
})

test('D3: JSON lines are told by their keys', async () => {
  const line = { time: '2026-01-01T00:00:00Z', liid: '17', target: '60123456789', lemf_address: '192.0.2.7' }
  expect(await traceOf('mediation.jsonl', `${JSON.stringify(line)}\n${JSON.stringify(line)}\n`)).toMatchObject({
    kind: 'order-register',
  })
})

test('D3: provisioning is told by the namespaces of X1 and HI1, and by the words of its log lines', async () => {
  const x1 = `<?xml version="1.0"?>\n<X1Request xmlns="http://uri.etsi.org/03221/X1/2017/10"><x1RequestMessage/></X1Request>\n`
  expect(await traceOf('x1.xml', x1)).toMatchObject({ kind: 'provisioning' })
  const lines = Array.from(
    { length: 20 },
    (_, at) =>
      `2026-01-01T00:00:${String(at).padStart(2, '0')}Z df-1 adm[77]: task ${at} provisioned by ADMF, delivery to LEMF 192.0.2.7\n`,
  ).join('')
  expect(await traceOf('df.log', lines)).toMatchObject({ kind: 'provisioning', seen: 'the words admf, lemf' })
})

test('D3: delivered records are told by the object identifier of their modules', async () => {
  const record = Buffer.concat([
    Buffer.from([0x30, 0x82, 0x01, 0x00, 0xa1, 0x10, 0x80, 0x08, 0x04, 0x00, 0x02, 0x02, 0x05, 0x01, 0x11, 0x00]),
    Buffer.alloc(240, 0x81),
  ])
  expect(await traceOf('iri.ber', record)).toMatchObject({ kind: 'delivery' })
})

test.each([
  [
    'accesses',
    'ts,account,subscriber,system,operation,fields,window_from,window_to,ticket,source_host,rows,seq\n2026-01-01T00:00:00Z,a,60123456789,CRM,view,,,,,h,1,1\n',
  ],
  ['contacts', 'subscriber,at,kind,account,team,ref\n60123456789,2026-01-01T00:00:00Z,customer,a,t,T-1\n'],
  [
    'orders of customers',
    'order_id,customer_id,msisdn,valid_from,valid_to,warranty_until,target_speed\n1,2,60123456789,2026-01-01,2026-03-01,2027-01-01,100\n',
  ],
  ['transfers of airtime', 'ts,target_msisdn,authorization_code,amount\n2026-01-01T00:00:00Z,60123456789,99,10\n'],
  ['consent', 'subscriber,legal_basis,reference,valid_from,valid_to\n60123456789,consent,C-1,2026-01-01,2027-01-01\n'],
  ['campaigns', 'campaign,agency,target_msisdn,valid_from\nSpring,Meridian Media,60123456789,2026-01-01\n'],
])('D3: an ordinary table is none: %s', async (_name, text) => {
  expect(await traceOf('table.csv', text)).toBeUndefined()
})

test('D3: keys that other logs have too make no register', async () => {
  const line = {
    time: '2026-01-01T00:00:00Z',
    authority: 'api.meridian.example',
    subject: 'CN=api',
    target: '192.0.2.7',
    method: 'GET',
  }
  expect(await traceOf('gateway.jsonl', `${JSON.stringify(line)}\n`.repeat(3))).toBeUndefined()
})

test('D3: one mention among many lines is no log of interception', async () => {
  const lines = Array.from(
    { length: 200 },
    (_, at) => `2026-01-01T00:00:00Z gw-1 sshd[${at}]: session opened for user ops${at === 40 ? ' (host lemf-test)' : ''}\n`,
  ).join('')
  expect(await traceOf('auth.log', lines)).toBeUndefined()
})

test('D4: recorded reasons of the kind "legal" are orders, in whatever row they stand', async () => {
  const head = 'subscriber,at,kind,account,team,ref\n'
  const row = (kind: string): string => `60123456789,2026-01-01T00:00:00Z,${kind},a,t,T-1\n`
  const of = (text: string) => lawfulReasons(bytesSource('contacts.csv', Buffer.from(text)), { format: 'csv' })
  expect(await of(head + row('customer').repeat(5_000) + row('Legal'))).toMatchObject({ kind: 'order-reasons' })
  expect(await of(head + row('customer') + row('agent'))).toBeUndefined()
  const mapped = { format: 'csv' as const, map: { kind: 'grund' } }
  expect(
    await lawfulReasons(bytesSource('c.csv', Buffer.from('subscriber,at,grund\n6012,2026-01-01,legal\n')), mapped),
  ).toBeDefined()
})
