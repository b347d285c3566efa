import { expect, test } from 'vitest'
import { compile, loadRules } from '../../../src/sigma/index.ts'
import { generalise, type StoryRecord } from '../../../src/sharing/index.ts'
import { eventOf } from '../../sigma/event.ts'
import { gate, secrets } from '../redaction/sample-view.ts'

// Invented: what one actor did at one operator, with other names and addresses at the next, and honest work that comes near it.
type Source = 'web' | 'process' | 'file'
const sources = {
  web: { product: '', category: 'webserver', service: '' },
  process: { product: 'windows', category: 'process_creation', service: 'sysmon' },
  file: { product: 'windows', category: 'file_event', service: 'sysmon' },
} as const
const record = (source: Source, fields: Record<string, string>): StoryRecord => ({
  ...sources[source],
  eventId: '',
  fields,
  steps: [1],
  techniques: ['T1505.003'],
  tactics: ['persistence'],
})
const web = (method: string, path: string, status: string, more: Record<string, string> = {}): Record<string, string> => ({
  'cs-method': method,
  'cs-uri-stem': path,
  'sc-status': status,
  'sc-bytes': '312',
  ...more,
})
const started = (parent: string, image: string, line = ''): Record<string, string> => ({
  ParentImage: parent,
  Image: image,
  CommandLine: line,
})
const written = (image: string, file: string): Record<string, string> => ({ Image: image, TargetFilename: file })
const cmd = 'C:\\Windows\\System32\\cmd.exe'
const worker = 'C:\\Windows\\System32\\inetsrv\\w3wp.exe'

const behaviours: readonly {
  readonly title: string
  readonly source: Source
  readonly first: Record<string, string>
  readonly next: readonly Record<string, string>[]
  readonly honest: readonly Record<string, string>[]
}[] = [
  {
    title: 'Accepted Upload Names a Script Outside Its Folder',
    source: 'web',
    first: web('POST', '/dealer/upload.aspx', '200', { 'cs-uri-query': `name=..%2f..%2f${secrets.hosts[0]}.aspx` }),
    next: [
      web('POST', '/care/in.jsp', '302', { 'cs-uri-query': 'f=a&to=..%5C..%5Cimg4.jsp&z=1' }),
      web('PUT', '/x', '201', { 'cs-uri-query': '/x?p=%252e%252e%252fv.php' }),
    ],
    honest: [
      web('POST', '/dealer/upload.aspx', '404', { 'cs-uri-query': 'name=..%2f..%2fshell.aspx' }),
      web('POST', '/dealer/upload.aspx', '200', { 'cs-uri-query': 'name=..%2fcontract.pdf' }),
      web('POST', '/dealer/upload.aspx', '200', { 'cs-uri-query': 'name=order.aspx' }),
      web('GET', '/dealer/show.aspx', '200', { 'cs-uri-query': 'back=../list.aspx' }),
    ],
  },
  {
    title: 'Answered POST to a Script in a Folder of Uploads or Documents',
    source: 'web',
    first: web('POST', `/${secrets.word}/forms/help12.aspx`, '200'),
    next: [web('POST', '/care/uploads/img3.jsp', '200'), web('POST', '/a/css/b.php', '200')],
    honest: [
      web('POST', '/dealer/forms/help12.aspx', '404'),
      web('GET', '/dealer/forms/help12.aspx', '200'),
      web('POST', '/dealer/login.aspx', '200'),
      web('POST', '/dealer/forms/contract.pdf', '200'),
    ],
  },
  {
    title: 'A Picture of More Than 10 MB Is Fetched From a Web Server',
    source: 'web',
    first: web('GET', `/${secrets.word}/forms/0a1.png`, '200', { 'sc-bytes': '52428800' }),
    next: [web('GET', '/care/uploads/b.jpg', '200', { 'sc-bytes': '20971520' })],
    honest: [
      web('GET', '/care/logo.png', '200', { 'sc-bytes': '90000' }),
      web('GET', '/care/price-list.pdf', '200', { 'sc-bytes': '52428800' }),
      web('GET', '/care/uploads/b.jpg', '304', { 'sc-bytes': '' }),
    ],
  },
  {
    title: 'Shell Started by a Server Program',
    source: 'process',
    first: started(worker, cmd, `"cmd" /c ping ${secrets.hosts[0]}`),
    next: [started('C:\\Tomcat9\\bin\\tomcat9.exe', 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe')],
    honest: [started('C:\\Windows\\explorer.exe', cmd), started(worker, 'C:\\Windows\\Microsoft.NET\\csc.exe')],
  },
  {
    title: 'Program Straight in a Temporary or Common Folder Started by a Shell',
    source: 'process',
    first: started(cmd, `C:\\Windows\\Temp\\${secrets.accounts[2]}.exe`, '-a -b'),
    next: [started(cmd, 'C:\\$Recycle.Bin\\r.exe'), started(cmd.replace('cmd', 'powershell'), 'C:\\Users\\Public\\nb.exe')],
    honest: [
      started('C:\\Windows\\System32\\services.exe', 'C:\\Windows\\Temp\\probe-7.2.exe'),
      started(cmd, 'C:\\Windows\\Temp\\setup-4f2a\\install.exe'),
      started(cmd, 'C:\\Ops\\handle.exe'),
    ],
  },
  {
    title: 'File Written Straight Into the Recycle Bin Folder',
    source: 'file',
    first: written(cmd, `C:\\$Recycle.Bin\\${secrets.employees[0]}.rar`),
    next: [written('C:\\$Recycle.Bin\\r.exe', 'D:\\$RECYCLE.BIN\\ab12.part1.rar')],
    honest: [
      written('C:\\Windows\\explorer.exe', 'C:\\$Recycle.Bin\\S-1-5-21-1-2-3-1104\\$R2X.docx'),
      written(cmd, 'C:\\Temp\\$Recycle.Bin\\x.rar'),
    ],
  },
  {
    title: 'Script Written by a Server Program',
    source: 'file',
    first: written(worker, `C:\\inetpub\\${secrets.hosts[0]}\\x.aspx`),
    next: [written('C:\\Tomcat9\\bin\\tomcat9.exe', 'C:\\Tomcat9\\webapps\\care\\uploads\\y.jsp')],
    honest: [written(cmd, 'C:\\inetpub\\wwwroot\\x.aspx'), written(worker, 'C:\\inetpub\\logs\\x.log')],
  },
]

test.each(behaviours)('$title: made of one case, it finds the behaviour elsewhere and not what comes near it', (one) => {
  const drafts = generalise([record(one.source, one.first)], gate)
  const wide = drafts.find((draft) => draft.title === one.title)
  // Wide rules stand first, and what names more is said to be within them.
  expect(drafts[0]).toBe(wide)
  for (const other of drafts.slice(1)) expect(other.within).toEqual([wide?.id])
  const { rules, notLoaded } = loadRules([{ name: 'wide.yml', text: wide?.yaml ?? '' }])
  expect([rules.length, notLoaded]).toEqual([1, []])
  const set = compile(rules)
  const finds = (fields: Record<string, string>): boolean => [...set.match(eventOf(sources[one.source], fields))].length > 0
  expect(one.next.map(finds)).toEqual(one.next.map(() => true))
  expect(finds(one.first)).toBe(true)
  expect(one.honest.map(finds)).toEqual(one.honest.map(() => false))
})

test.each(behaviours)('$title: honest work gives no such rule', ({ title, source, honest }) => {
  const drafts = generalise(
    honest.map((fields) => record(source, fields)),
    gate,
  )
  expect(drafts.map((one) => one.title)).not.toContain(title)
})

test('a wide rule holds no text of the records it was made from', () => {
  const texts = behaviours.flatMap(({ title, source, first, next }) =>
    [first, ...next].map(
      (fields) => generalise([record(source, fields)], gate).find((draft) => draft.title === title)?.yaml ?? 'none',
    ),
  )
  expect(new Set(texts).size).toBe(behaviours.length)
  for (const text of texts) for (const secret of [...secrets.hosts, secrets.word]) expect(text).not.toContain(secret)
})
