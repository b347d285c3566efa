import { join } from 'node:path'
import type { Known, Product, Sample } from './product.ts'
import { client, server } from './requests.ts'
import { listens, type Site } from './site.ts'

/** What both servers must say of who logged in. */
const logIns: readonly Known[] = [
  {
    what: 'log-ins',
    times: 4,
    event: { class: 'authentication', account: 'm.lim', sourceIp: client },
    fields: { outcome: 'success' },
  },
  {
    what: 'wrong password',
    times: 1,
    event: { class: 'authentication', account: 'm.lim' },
    fields: { outcome: 'failure' },
  },
  { what: 'unknown user', times: 1, event: { class: 'authentication', account: 'oracle' }, fields: { outcome: 'failure' } },
]

const word = 'Invented-1'

function people(site: Site): void {
  site.must('useradd', ['-m', '-s', '/bin/bash', 'm.lim', '--badname'])
  site.must('chpasswd', [], { input: `m.lim:${word}\n` })
}

/** A file put, fetched and removed; a wrong password; an unknown user; a file that is not there. */
function transfer(site: Site, port: number): void {
  site.file('a report.csv', 'a,b\n')
  const ask = (...args: readonly string[]): void => {
    site.run('curl', ['-s', '-o', '/dev/null', '--max-time', '15', '--interface', client, ...args])
  }
  const base = `ftp://${server}:${port}`
  ask('-u', `m.lim:${word}`, '-T', site.path('a report.csv'), `${base}/a%20report.csv`)
  ask('-u', `m.lim:${word}`, `${base}/a%20report.csv`)
  ask('-u', `m.lim:${word}`, `${base}/no-such.csv`)
  ask('-u', `m.lim:${word}`, '-Q', 'DELE a report.csv', `${base}/`)
  ask('-u', 'm.lim:wrong', `${base}/`)
  ask('-u', `oracle:${word}`, `${base}/`)
}

const xferKnown: readonly Known[] = [
  {
    what: 'file fetched',
    times: 1,
    event: { class: 'file', account: 'm.lim', sourceIp: client, bytesOut: 4 },
    fields: { direction: 'o', outcome: 'success', TargetFilename: '*' },
  },
  {
    what: 'file put',
    times: 1,
    event: { class: 'file', account: 'm.lim', sourceIp: client },
    fields: { direction: 'i', outcome: 'success' },
  },
]

async function driveVsftpd(site: Site): Promise<readonly Sample[]> {
  people(site)
  const program = join(site.folder, '..', 'unpacked', 'vsftpd', 'usr', 'sbin', 'vsftpd')
  site.must('mkdir', ['-p', '/var/run/vsftpd/empty', '/var/ftp'])
  site.file('pam', '')
  site.must('sh', ['-c', `printf 'auth required pam_unix.so\\naccount required pam_unix.so\\n' > /etc/pam.d/vsftpd`])
  const logs = site.dir('logs')
  const port = await site.freePort()
  const conf = site.file(
    'vsftpd.conf',
    `listen=YES\nlisten_ipv6=NO\nbackground=NO\nlisten_port=${port}\nlocal_enable=YES\nwrite_enable=YES\nanonymous_enable=NO\npam_service_name=vsftpd\nseccomp_sandbox=NO\nxferlog_enable=YES\ndual_log_enable=YES\nvsftpd_log_file=${logs}/vsftpd.log\nxferlog_file=${logs}/xferlog\nuse_localtime=NO\nsecure_chroot_dir=/var/run/vsftpd/empty\n`,
  )
  const daemon = await site.start(program, [conf], { ready: () => listens(port) })
  transfer(site, port)
  await site.pause(3_000)
  await daemon.stop()
  return [
    {
      name: 'vsftpd.log',
      file: `${logs}/vsftpd.log`,
      seen: 'vsftpd log',
      sources: ['ftp//vsftpd'],
      known: [
        ...logIns,
        {
          what: 'file fetched',
          times: 1,
          event: { class: 'file', account: 'm.lim', bytesOut: 4 },
          fields: { action: 'DOWNLOAD', outcome: 'success', file: '/home/m.lim/a report.csv' },
        },
        {
          what: 'file put',
          times: 1,
          event: { class: 'file', account: 'm.lim' },
          fields: { action: 'UPLOAD', outcome: 'success' },
        },
        {
          what: 'file removed',
          times: 1,
          event: { class: 'file', account: 'm.lim' },
          fields: { action: 'DELETE', outcome: 'success' },
        },
      ],
    },
    { name: 'xferlog', file: `${logs}/xferlog`, seen: 'FTP transfer log', sources: ['ftp//xferlog'], known: xferKnown },
  ]
}

/** vsftpd: its own log and xferlog. */
export const vsftpd: Product = { name: 'vsftpd', packages: ['libwrap0'], unpacked: ['vsftpd'], drive: driveVsftpd }

async function driveProftpd(site: Site): Promise<readonly Sample[]> {
  if (site.run('id', ['m.lim']).status !== 0) people(site)
  const logs = site.dir('logs')
  const port = await site.freePort()
  const conf = site.file(
    'proftpd.conf',
    `ServerName "files"\nServerType standalone\nPort ${port}\nUseIPv6 off\nUser nobody\nGroup nogroup\nPidFile ${site.path('pid')}\nScoreboardFile ${site.path('scoreboard')}\nDelayEngine off\nTransferLog ${logs}/xferlog\nWtmpLog off\nAuthPAM off\nRequireValidShell off\nUseReverseDNS off\nTimesGMT on\nAllowOverwrite on\nLogFormat own "%h %l %u %t \\"%r\\" %s %b"\nExtendedLog ${logs}/extended.log ALL own\n`,
  )
  const daemon = await site.start('/usr/sbin/proftpd', ['-n', '-c', conf], { ready: () => listens(port) })
  transfer(site, port)
  await site.pause(500)
  await daemon.stop()
  return [
    {
      name: 'SystemLog',
      file: site.path('proftpd.out'),
      seen: 'syslog',
      sources: ['ftp//proftpd'],
      known: [...logIns],
    },
    {
      name: 'TransferLog',
      file: `${logs}/xferlog`,
      seen: 'FTP transfer log',
      sources: ['ftp//xferlog'],
      known: [
        ...xferKnown,
        {
          what: 'file removed',
          times: 1,
          event: { account: 'm.lim', sourceIp: client },
          fields: { command: 'DELE', outcome: 'success' },
        },
      ],
    },
  ]
}

/** ProFTPD: what it says in the foreground (as in SystemLog), and TransferLog. */
export const proftpd: Product = { name: 'proftpd', packages: ['proftpd-core'], drive: driveProftpd }
