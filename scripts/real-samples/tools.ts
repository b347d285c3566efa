import { globSync } from 'node:fs'
import type { Known, Product, Sample } from './product.ts'
import { client, server } from './requests.ts'
import { listens, type Site } from './site.ts'

async function driveNfdump(site: Site): Promise<readonly Sample[]> {
  const web = await site.freePort()
  const collector = await site.freePort()
  const flows = site.dir('flows')
  site.dir('page')
  site.file('page/export.csv', 'a,b\n'.repeat(500_000))
  const capture = site.path('capture.pcap')
  const tap = await site.start('tcpdump', ['-i', 'lo', '-U', '-w', capture, 'tcp', 'port', String(web)], {
    ready: () => site.text(site.path('tcpdump.out')).includes('listening on'),
  })
  const page = await site.start('python3', ['-m', 'http.server', String(web), '--bind', server, '-d', site.path('page')], {
    ready: () => listens(web, server),
  })
  site.run('curl', ['-s', '-o', '/dev/null', '--interface', client, `http://${server}:${web}/export.csv`])
  await site.pause(500)
  await page.stop()
  await tap.stop('SIGINT')
  const nfcapd = await site.start('nfcapd', ['-w', flows, '-p', String(collector), '-b', '127.0.0.1', '-t', '3600'], {
    ready: () => /Startup|Bound to|Init/.test(site.text(site.path('nfcapd.out'))),
  })
  await site.pause(300)
  site.must('softflowd', ['-r', capture, '-n', `127.0.0.1:${collector}`, '-v', '9', '-d'])
  await site.pause(500)
  await nfcapd.stop()
  const from = globSync(`${flows}/nfcapd.*`).find((one) => !one.endsWith('.current')) ?? ''
  const known: readonly Known[] = [
    { what: 'flow to the server', times: 1, event: { class: 'network', sourceIp: client, targetIp: server, targetPort: web } },
    { what: 'flow from the server', times: 1, event: { class: 'network', sourceIp: server, targetIp: client } },
  ]
  const seen = { line: 'flows (nfdump)', long: 'flows (nfdump)', extended: 'flows (nfdump)', csv: 'flows (nfdump)' }
  return Object.entries(seen).map(([format, told]) => ({
    name: `-o ${format}`,
    file: site.file(`${format}.txt`, site.must('nfdump', ['-r', from, '-o', format])),
    seen: told,
    sources: ['netflow//'],
    // softflowd counts from another beginning when it reads a capture.
    times: 'any',
    known,
  }))
}

/** nfdump: flows that softflowd exports from a capture of loopback, in four output formats. */
export const nfdump: Product = { name: 'nfdump', packages: ['nfdump', 'softflowd', 'tcpdump'], drive: driveNfdump }

async function driveSleuthkit(site: Site): Promise<readonly Sample[]> {
  site.dir('tree')
  site.file('tree/export.csv', 'a,b\n')
  site.file('tree/a name, with "marks".txt', 'x')
  const image = site.path('disk.img')
  site.must('mke2fs', ['-q', '-t', 'ext4', '-d', site.path('tree'), image, '4M'])
  site.must('debugfs', ['-w', '-R', 'rm export.csv', image])
  const body = site.file('body.txt', site.must('fls', ['-r', '-m', '/', image]))
  const line = site.file('mactime.csv', site.must('mactime', ['-b', body, '-d', '-z', 'UTC']))
  return [
    {
      name: 'body file of fls',
      file: body,
      seen: 'body file (The Sleuth Kit)',
      sources: ['timeline//bodyfile'],
      times: 'any',
      faults: ['event-time'],
      known: [
        { what: 'times of a file that was deleted', times: 4, fields: { name: '/export.csv (deleted)', timestamp_desc: '*' } },
      ],
    },
    {
      name: 'mactime -d',
      file: line,
      seen: 'table of mactime output',
      sources: ['timeline//mactime'],
      times: 'any',
      known: [{ what: 'name with quotes and a comma', times: 1, fields: { 'File Name': '/a name, with "marks".txt' } }],
    },
  ]
}

/** The Sleuth Kit: body file and timeline of a small file system. */
export const sleuthkit: Product = { name: 'sleuthkit', packages: ['sleuthkit'], drive: driveSleuthkit }

async function driveYara(site: Site): Promise<readonly Sample[]> {
  const rules = site.file(
    'rules.yar',
    'rule crm_export_script : webshell invented {\n meta:\n  author = "Meridian Telekom"\n  score = 70\n strings:\n  $a = "eval(Request"\n  $b = { 75 6e 73 61 66 65 }\n condition: any of them }\nrule any_file { condition: filesize > 0 }\n',
  )
  site.dir('files')
  site.file('files/a.aspx', '<% eval(Request["x"], "unsafe") %>')
  site.file('files/a name.txt', 'x')
  const one = (name: string, lines: number, ...options: readonly string[]): Sample => ({
    name,
    file: site.file(`${name.replaceAll(' ', '')}.txt`, site.must('yara', [...options, '-r', rules, site.path('files')])),
    seen: 'YARA output',
    sources: ['yara//scan'],
    times: 'any',
    events: lines,
    faults: Array.from({ length: lines }, () => 'event-time'),
    known: [{ what: 'hit', times: 1, fields: { rule: 'crm_export_script', file: `${site.path('files')}/a.aspx` } }],
  })
  return [one('yara', 3), one('yara -s', 3, '-s'), one('yara -g -m -s', 3, '-g', '-m', '-s')]
}

/** YARA: its output plain, with strings, with tags and metadata. */
export const yara: Product = { name: 'yara', packages: ['yara'], drive: driveYara }

async function driveShells(site: Site): Promise<readonly Sample[]> {
  const history = site.path('history')
  site.run('bash', ['--norc', '-i'], {
    input: "id -u\ntar czf /tmp/none 'two words'\nfor i in 1 2\ndo\n  echo $i\ndone\nexit\n",
    env: { HISTFILE: history, HISTTIMEFORMAT: '%F %T ', PS1: '' },
  })
  const recorded = site.path('tlog.json')
  const shown = `tlog-rec --writer=file --file-path=${recorded} --log-output=on sh -c 'echo out; id'`
  site.must('script', ['-qec', shown, '/dev/null'])
  return [
    {
      name: 'history of bash',
      file: history,
      seen: 'shell history with times',
      sources: ['linux/process_creation/shell-history'],
      known: [
        { what: 'command', times: 1, event: { commandLine: "tar czf /tmp/none 'two words'" } },
        { what: 'command without words', times: 1, event: { commandLine: 'id -u' } },
      ],
    },
    {
      name: 'tlog-rec',
      file: recorded,
      seen: 'JSON',
      sources: ['linux//session-recording'],
      known: [{ what: 'what was shown', times: 1, event: { class: 'process' }, fields: { output: 'out*' } }],
    },
  ]
}

/** bash and tlog: history with times, recording of a session. */
export const shells: Product = { name: 'shells', packages: ['tlog', 'bash', 'bsdutils'], drive: driveShells }
