import { existsSync } from 'node:fs'
import type { Known, Product, Sample } from './product.ts'
import type { Site } from './site.ts'

/** The account whose calls are audited; no account of the machine has this number. */
const uid = '61234'

async function drive(site: Site): Promise<readonly Sample[]> {
  const status = site.run('auditctl', ['-s'])
  if (!status.out.includes('enabled')) throw new Error(`the kernel refuses the audit socket: ${status.err.trim()}`)
  // The kernel keeps the number of a daemon that is gone.
  const daemon = /^pid (\d+)$/m.exec(status.out)?.[1] ?? '0'
  if (daemon !== '0' && existsSync(`/proc/${daemon}`)) throw new Error('an audit daemon runs on this machine')
  if (!site.run('auditctl', ['-l']).out.includes('No rules')) throw new Error('this machine has audit rules of its own')
  const enabled = /^enabled (\d)$/m.exec(status.out)?.[1] ?? '0'
  const restore = (): void => {
    site.run('auditctl', ['-D'])
    site.run('auditctl', ['-e', enabled])
  }
  // After Ctrl-C too, before the folder goes.
  process.prependOnceListener('exit', restore)
  const samples: Sample[] = []
  for (const format of ['RAW', 'ENRICHED']) {
    const logs = site.dir(`logs-${format}`)
    site.must('chmod', ['700', logs])
    const conf = site.dir(`conf-${format}`)
    site.must('mkdir', ['-p', `${conf}/plugins.d`, `${conf}/rules.d`])
    site.file(
      `conf-${format}/auditd.conf`,
      `local_events = yes\nwrite_logs = yes\nlog_file = ${logs}/audit.log\nlog_format = ${format}\nlog_group = root\npriority_boost = 0\nflush = NONE\nfreq = 1\nname_format = USER\nname = db1\nmax_log_file = 50\nmax_log_file_action = IGNORE\nspace_left = 1\nspace_left_action = IGNORE\nadmin_space_left = 0\nadmin_space_left_action = IGNORE\ndisk_full_action = IGNORE\ndisk_error_action = IGNORE\nplugin_dir = ${conf}/plugins.d\n`,
    )
    site.must('chmod', ['600', `${conf}/auditd.conf`])
    const rules = ['execve', 'connect', 'openat', 'unlinkat,unlink'].map((calls) => [
      '-a',
      'always,exit',
      '-F',
      'arch=b64',
      '-S',
      calls,
      '-F',
      `uid=${uid}`,
      ...(calls === 'openat' ? ['-F', `dir=${site.folder}`] : []),
      '-k',
      'crm key',
    ])
    const auditd = await site.start('/usr/sbin/auditd', ['-n', '-c', conf], {
      ready: () => site.text(`${logs}/audit.log`).includes('DAEMON_START'),
    })
    try {
      for (const rule of rules) site.must('auditctl', rule)
      site.must('auditctl', ['-e', '1'])
      const work = site.dir('work')
      site.must('chmod', ['777', work])
      const as = (...command: readonly string[]) =>
        site.run('setpriv', ['--reuid', uid, '--regid', uid, '--clear-groups', ...command])
      as('/usr/bin/python3', '-c', `open('${work}/a b "c".csv','w').write('x')`)
      as('/usr/bin/rm', '-f', `${work}/a b "c".csv`)
      as('/usr/bin/id', '-u', 'two words', '\u00e9')
      as('/usr/bin/python3', '-c', "import socket; s=socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9))")
      as('/usr/bin/python3', '-c', "import socket; s=socket.socket(socket.AF_INET6); s.settimeout(1); s.connect_ex(('::1', 9))")
      site.must('auditctl', ['-m', 'change window 12 begins'])
      await site.pause(500)
    } finally {
      restore()
      await auditd.stop()
    }
    const known: readonly Known[] = [
      {
        what: 'command',
        times: 1,
        event: { class: 'process', category: 'process_creation', commandLine: '/usr/bin/id -u two words \u00e9', host: 'db1' },
        fields: { Image: '*', CurrentDirectory: site.folder },
      },
      {
        what: 'file made',
        times: 1,
        event: { class: 'file', category: 'file_event' },
        fields: { TargetFilename: `${site.path('work')}/a b "c".csv` },
      },
      {
        what: 'file removed',
        times: 1,
        event: { class: 'file', category: 'file_delete' },
        fields: { TargetFilename: `${site.path('work')}/a b "c".csv` },
      },
      {
        what: 'connection',
        times: 1,
        event: { class: 'network', category: 'network_connection', targetIp: '127.0.0.1', targetPort: 9 },
        fields: { Initiated: 'true', Image: '/usr/bin/python3*' },
      },
      { what: 'connection over IPv6', times: 1, event: { class: 'network', targetIp: '::1', targetPort: 9 } },
      { what: 'daemon started', times: 1, event: { class: 'log', eventId: 'DAEMON_START' } },
    ]
    const sources = ['', 'process_creation', 'file_event', 'file_delete', 'network_connection'].map(
      (category) => `linux/${category}/auditd`,
    )
    const one = (name: string, file: string): Sample => ({ name, file, seen: 'Linux audit records', sources, known })
    samples.push(one(`audit.log, ${format}`, `${logs}/audit.log`))
    const search = (name: string, ...more: readonly string[]): string =>
      site.file(`${format}-${name}.txt`, site.run('ausearch', ['-if', `${logs}/audit.log`, ...more]).out)
    samples.push(one(`ausearch --raw, ${format}`, search('raw', '--raw')))
    samples.push(one(`ausearch -i, ${format}`, search('interpreted', '-i')))
  }
  process.off('exit', restore)
  return samples
}

/** The audit system: the daemon's raw and enriched log, `ausearch` raw and interpreted. Calls of one unused account alone are audited, and nothing after. */
export const auditd: Product = { name: 'auditd', packages: ['auditd'], where: 'machine', drive }
