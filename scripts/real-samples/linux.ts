import { copyFileSync } from 'node:fs'
import type { Known, Product, Sample } from './product.ts'
import { client, server } from './requests.ts'
import { listens, type Site } from './site.ts'

const word = 'Invented-1'

async function drive(site: Site): Promise<readonly Sample[]> {
  const logs = site.dir('logs')
  const formats = [
    ['auth.log', 'RSYSLOG_TraditionalFileFormat'],
    ['iso.log', 'RSYSLOG_FileFormat'],
    ['rfc5424.log', 'RSYSLOG_SyslogProtocol23Format'],
    ['rfc3164.log', 'priority'],
    ['members.json', 'members'],
  ]
  const conf = site.file(
    'rsyslog.conf',
    `module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="/dev/log" CreatePath="on" UseSpecialParser="on")
template(name="priority" type="string" string="<%pri%>%timestamp% %hostname% %syslogtag%%msg:::sp-if-no-1st-sp%%msg%\\n")
template(name="members" type="list" option.jsonf="on") { property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf") property(outname="host" name="hostname" format="jsonf") property(outname="programname" name="programname" format="jsonf") property(outname="message" name="msg" format="jsonf") }
${formats.map(([file, template]) => `action(type="omfile" file="${logs}/${file}" template="${template}")`).join('\n')}
`,
  )
  const syslog = await site.start('/usr/sbin/rsyslogd', ['-n', '-f', conf, '-i', site.path('rsyslogd.pid')], {
    ready: () => site.run('test', ['-S', '/dev/log']).status === 0,
  })
  site.must('useradd', ['-m', '-s', '/bin/bash', 'r.tan', '--badname'])
  site.must('useradd', ['-m', '-s', '/bin/sh', 'svc-crm'])
  site.must('chpasswd', [], { input: `r.tan:${word}\nsvc-crm:${word}\n` })
  site.must('usermod', ['-aG', 'sudo', 'r.tan'])
  site.file(
    'sudoers',
    'Defaults!/usr/bin/id log_output, iolog_dir=/var/log/sudo-io, iolog_file=%{seq}\nr.tan ALL=(svc-crm,root) NOPASSWD: /usr/bin/id, /usr/bin/true\n',
  )
  copyFileSync(site.path('sudoers'), '/etc/sudoers.d/crm')
  for (const record of ['wtmp', 'btmp', 'lastlog']) {
    site.run('touch', [`/var/log/${record}`])
    site.run('truncate', ['-s', '0', `/var/log/${record}`])
  }
  const port = await site.freePort()
  site.dir('run')
  site.must('mkdir', ['-p', '/run/sshd'])
  site.must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', site.path('host')])
  site.must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', site.path('own')])
  site.must('mkdir', ['-p', '/home/r.tan/.ssh'])
  copyFileSync(site.path('own.pub'), '/home/r.tan/.ssh/authorized_keys')
  site.must('chown', ['-R', 'r.tan:r.tan', '/home/r.tan/.ssh'])
  const sshd = site.file(
    'sshd_config',
    `Port ${port}\nListenAddress 0.0.0.0\nHostKey ${site.path('host')}\nUsePAM yes\nPasswordAuthentication yes\nKbdInteractiveAuthentication no\nPidFile none\nSubsystem sftp internal-sftp -l VERBOSE\nLogLevel VERBOSE\n`,
  )
  const daemon = await site.start('/usr/sbin/sshd', ['-D', '-f', sshd], { ready: () => listens(port) })
  const options = [
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    'UserKnownHostsFile=/dev/null',
    '-o',
    'NumberOfPasswordPrompts=1',
    '-o',
    `BindAddress=${client}`,
    '-o',
    'LogLevel=ERROR',
  ]
  const byWord = ['-o', 'PubkeyAuthentication=no']
  const ssh = (user: string, secret: string, ...more: readonly string[]): void => {
    site.run('sshpass', [
      '-p',
      secret,
      'ssh',
      ...options,
      ...byWord,
      '-p',
      String(port),
      ...more.filter((one) => one.startsWith('-')),
      `${user}@${server}`,
      ...more.filter((one) => !one.startsWith('-')),
    ])
  }
  ssh('r.tan', word, '-tt', 'id')
  ssh('r.tan', 'wrong', 'id')
  ssh('r.tan', 'wrong', 'id')
  ssh('oracle', 'wrong', 'id')
  site.run('ssh', [
    ...options,
    '-i',
    site.path('own'),
    '-p',
    String(port),
    `r.tan@${server}`,
    'sudo /usr/bin/id -u; sudo -u svc-crm /usr/bin/true; sudo -n /usr/bin/cat /etc/shadow',
  ])
  site.file('secret.csv', 'a,b\n')
  const batch = site.file(
    'batch',
    `put ${site.path('secret.csv')} export.csv\nget export.csv ${site.path('back.csv')}\nrename export.csv old.csv\nrm old.csv\nmkdir d\n`,
  )
  site.run('sftp', [...options, '-i', site.path('own'), '-P', String(port), '-b', batch, `r.tan@${server}`])
  site.run('su', ['-', 'svc-crm', '-c', 'true'])
  site.run('su', ['r.tan', '-c', `echo wrong | su svc-crm -c true`])
  site.must('sh', ['-c', `echo '@reboot /usr/bin/test -d "/srv/a b" # x' | crontab -u svc-crm -`])
  const cron = await site.start('/usr/sbin/cron', ['-f', '-L', '15'], {
    ready: () => site.text(`${logs}/auth.log`).includes('CMD ('),
  })
  await cron.stop()
  site.must('gpasswd', ['-d', 'r.tan', 'sudo'])
  await daemon.stop()
  site.must('userdel', ['svc-crm'])
  await site.pause(500)
  await syslog.stop()
  for (const record of ['wtmp', 'btmp']) copyFileSync(`/var/log/${record}`, site.path(record))
  const recording = site.file('log.json', site.must('sh', ['-c', 'cat /var/log/sudo-io/*/*/*/log.json']))
  const lastlog = site.file('lastlog.txt', site.must('lastlog', []))
  const known: readonly Known[] = [
    {
      what: 'log-in by password',
      times: 1,
      event: { class: 'authentication', account: 'r.tan', sourceIp: client, service: 'sshd', host: 'db1' },
      fields: { outcome: 'success', method: 'password' },
    },
    {
      what: 'log-ins by key',
      times: 2,
      event: { account: 'r.tan', sourceIp: client },
      fields: { outcome: 'success', method: 'publickey' },
    },
    {
      what: 'wrong passwords',
      times: 2,
      event: { account: 'r.tan', sourceIp: client },
      fields: { outcome: 'failure', method: 'password' },
    },
    {
      what: 'wrong passwords as PAM says it',
      times: 2,
      event: { account: 'r.tan', sourceIp: client, service: 'sshd' },
      fields: { outcome: 'failure', tty: 'ssh' },
    },
    {
      what: 'sessions of PAM',
      times: 3,
      event: { account: 'r.tan', service: 'sshd' },
      fields: { uid: '*', message: 'pam_unix(sshd:session): session opened*' },
    },
    {
      what: 'unknown user, password',
      times: 1,
      event: { account: 'oracle', sourceIp: client },
      fields: { outcome: 'failure', method: 'password' },
    },
    {
      what: 'sudo as root',
      times: 1,
      event: { class: 'process', account: 'r.tan', commandLine: '/usr/bin/id -u' },
      fields: { outcome: 'success', runAs: 'root' },
    },
    {
      what: 'sudo as another',
      times: 1,
      event: { account: 'r.tan', commandLine: '/usr/bin/true' },
      fields: { outcome: 'success', runAs: 'svc-crm' },
    },
    {
      what: 'sudo refused',
      times: 1,
      event: { account: 'r.tan', commandLine: '/usr/bin/cat /etc/shadow' },
      fields: { outcome: 'failure' },
    },
    {
      what: 'su of root',
      times: 1,
      event: { class: 'authentication', account: 'root', service: 'auth' },
      fields: { outcome: 'success', runAs: 'svc-crm', tty: '*' },
    },
    {
      what: 'su refused',
      times: 1,
      event: { class: 'authentication', account: 'r.tan' },
      fields: { outcome: 'failure', runAs: 'svc-crm', tty: '*' },
    },
    {
      what: 'command of cron',
      times: 1,
      event: { class: 'process', account: 'svc-crm', service: 'cron', commandLine: '/usr/bin/test -d "/srv/a b" # x' },
    },
    { what: 'new users', times: 2, event: { class: 'account-change' }, fields: { target: '*', uid: '*' } },
    {
      what: 'put into a group',
      times: 1,
      event: { class: 'account-change' },
      fields: { target: 'r.tan', group: 'sudo', action: 'add to group' },
    },
    {
      what: 'taken out of a group',
      times: 1,
      event: { class: 'account-change' },
      fields: { target: 'r.tan', group: 'sudo', action: 'remove from group' },
    },
    { what: 'password changed', times: 2, event: { class: 'account-change' }, fields: { target: '*', action: 'password' } },
    { what: 'user deleted', times: 1, event: { class: 'account-change' }, fields: { target: 'svc-crm', action: 'delete' } },
    {
      what: 'file sent',
      times: 1,
      event: { class: 'file', service: 'sftp', bytesOut: 4 },
      fields: { file: '/home/r.tan/export.csv' },
    },
    { what: 'file removed', times: 1, event: { class: 'file' }, fields: { file: '*', action: 'remove' } },
    { what: 'file renamed', times: 1, event: { class: 'file' }, fields: { file: '*', target: '*', action: 'rename' } },
  ]
  const sources = ['sshd', 'sudo', 'auth', 'cron', 'sftp', 'syslog'].map((one) => `linux//${one}`)
  const samples: Sample[] = formats.map(([file = '']) => ({
    name: file,
    file: `${logs}/${file}`,
    seen: file === 'members.json' ? 'JSON' : 'syslog',
    sources,
    known,
    ...(file === 'auth.log' || file === 'rfc3164.log' ? { faults: ['log-year-assumed'] } : {}),
  }))
  return [
    ...samples,
    {
      name: 'recording of sudo',
      file: recording,
      seen: 'JSON',
      sources: ['linux//sudo'],
      events: 1,
      known: [
        {
          what: 'command',
          times: 1,
          event: { account: 'r.tan', process: '/usr/bin/id', host: 'db1' },
          fields: { targetUser: 'root' },
        },
      ],
    },
    {
      name: 'wtmp',
      file: site.path('wtmp'),
      seen: 'Linux log-in records (wtmp, btmp)',
      sources: ['linux//utmp'],
      known: [
        {
          what: 'log-in',
          times: 1,
          event: { class: 'authentication', account: 'r.tan', sourceIp: client },
          fields: { outcome: 'success' },
        },
      ],
    },
    {
      name: 'btmp',
      file: site.path('btmp'),
      seen: 'Linux log-in records (wtmp, btmp)',
      sources: ['linux//utmp'],
      known: [
        { what: 'wrong passwords', times: 2, event: { account: 'r.tan', sourceIp: client }, fields: { outcome: 'failure' } },
        {
          what: 'unknown user, written twice',
          times: 2,
          event: { sourceIp: client, account: 'oracle' },
          fields: { outcome: 'failure' },
        },
      ],
    },
    {
      name: 'lastlog',
      file: lastlog,
      seen: 'lastlog output',
      sources: ['linux//lastlog'],
      events: 1,
      known: [{ what: 'log-in', times: 1, event: { account: 'r.tan', sourceIp: client } }],
    },
  ]
}

/** OpenSSH, sudo, su, cron and the account tools through rsyslog in four formats; log-in records. */
export const linux: Product = {
  name: 'linux',
  packages: ['rsyslog', 'openssh-server', 'openssh-client', 'sshpass', 'sudo', 'cron', 'passwd'],
  drive,
}
