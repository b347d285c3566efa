import type { Message, SourceMap } from '../source-map.ts'

const success = { outcome: 'success' } as const
const failure = { outcome: 'failure' } as const

/** What the PAM module of Unix passwords says of sessions: newer versions put the number of the account behind its name. */
function sessions(program: string, opened: string, more: Partial<Message>): readonly Message[] {
  const lead = `pam_unix(${program}:session): session `
  const by = opened === 'user' ? 'by' : 'user'
  return [
    { like: `${lead}opened for user {${opened}:any}(uid={uid:any}) by {${by}:any}(uid`, ...more },
    { like: `${lead}opened for user {${opened}} by {${by}:any}(uid`, ...more },
    { like: `${lead}opened for user {${opened}}`, ...more },
    { like: `${lead}closed for user {${opened}}`, class: 'authentication' },
  ]
}

/** What it says of a password that was wrong: `ruser` is who asked, `user` who was to be, and missing when unknown. */
function refusals(program: string, of: { readonly by: string; readonly user: string }): readonly Message[] {
  const lead = `pam_unix(${program}:auth): authentication failure; logname={:any} uid={:any} euid={:any} tty={tty:any} `
  return [
    { like: `${lead}ruser={${of.by}:any} rhost={src:any} user={${of.user}}`, class: 'authentication', set: failure },
    { like: `${lead}ruser={${of.by}:any} rhost={src}`, class: 'authentication', set: failure },
  ]
}

/** A command of sudo: the reason why it was refused, the terminal, the group and the number of the recording may be missing. */
const sudoCommands: readonly Message[] = ['USER={runAs} ; COMMAND=', 'USER={runAs} ; {more:any} ; COMMAND='].flatMap((tail) => [
  { like: `{user} : TTY={tty} ; PWD={pwd:any} ; ${tail}{command:any}`, set: success },
  { like: `{user} : PWD={pwd:any} ; ${tail}{command:any}`, set: success },
  { like: `{user} : {reason:any} ; TTY={tty} ; PWD={pwd:any} ; ${tail}{command:any}`, set: failure },
  { like: `{user} : {reason:any} ; PWD={pwd:any} ; ${tail}{command:any}`, set: failure },
])

/** Programs of Linux that write to syslog, and the audit system. */
export const linuxSources: readonly SourceMap[] = [
  {
    name: 'sshd',
    documentation: 'OpenSSH sources, auth.c and packet.c (messages of sshd)',
    forms: ['text'],
    apps: ['sshd', 'sshd-session', 'sshd-auth'],
    product: 'linux',
    service: 'sshd',
    class: 'authentication',
    account: 'user',
    sourceIp: 'src',
    messages: [
      { like: 'Accepted {method} for {user:last} from {src:ip} port {srcPort:int}', set: success },
      { like: 'Failed {method} for invalid user {user:last} from {src:ip} port {srcPort:int}', set: failure },
      { like: 'Failed {method} for {user:last} from {src:ip} port {srcPort:int}', set: failure },
      { like: 'Invalid user {user:last} from {src:ip} port {srcPort:int}', set: failure },
      { like: 'Invalid user {user:last} from {src:ip}', set: failure },
      { like: 'User {user:last} from {src:ip} not allowed because {reason:any}', set: failure },
      { like: 'maximum authentication attempts exceeded for invalid user {user:last} from {src:ip} port', set: failure },
      { like: 'maximum authentication attempts exceeded for {user:last} from {src:ip} port', set: failure },
      { like: 'Connection closed by authenticating user {user:any} {src:ip} port {srcPort:int}' },
      { like: 'Connection closed by invalid user {user:any} {src:ip} port {srcPort:int}' },
      { like: 'Disconnected from user {user:any} {src:ip} port {srcPort:int}' },
      { like: 'Disconnected from authenticating user {user:any} {src:ip} port {srcPort:int}' },
      { like: 'Disconnected from invalid user {user:any} {src:ip} port {srcPort:int}' },
      { like: 'Connection closed by {src:ip} port {srcPort:int}', class: 'network' },
      { like: 'Received disconnect from {src:ip} port {srcPort:any}:', class: 'network' },
      { like: 'Starting session: {session:any} for {user:any} from {src:ip} port {srcPort:int}' },
      {
        like: 'Connection from {src:ip} port {srcPort:int} on {dst:ip} port {dstPort:int}',
        class: 'network',
        targetIp: 'dst',
        targetPort: 'dstPort',
      },
      ...sessions('sshd', 'user', {}),
      ...refusals('sshd', { by: 'ruser', user: 'user' }),
    ],
  },
  {
    name: 'sudo',
    documentation: 'sudoers manual, section "Event logging"',
    forms: ['text'],
    apps: ['sudo'],
    product: 'linux',
    service: 'sudo',
    class: 'process',
    account: 'user',
    commandLine: 'command',
    messages: [
      ...sudoCommands,
      { like: '{user} : {what:any}' },
      ...sessions('sudo', 'runAs', { class: 'authentication', set: success }),
      ...sessions('sudo-i', 'runAs', { class: 'authentication', set: success }),
      ...refusals('sudo', { by: 'user', user: 'target' }),
    ],
  },
  {
    name: 'su',
    documentation: 'util-linux and shadow sources (messages of su), pam_unix manual',
    forms: ['text'],
    apps: ['su'],
    product: 'linux',
    service: 'auth',
    class: 'authentication',
    account: 'user',
    messages: [
      { like: '(to {runAs}) {user} on {tty}', set: success },
      { like: 'FAILED SU (to {runAs}) {user} on {tty}', set: failure },
      ...['su', 'su-l', 'runuser', 'runuser-l'].flatMap((program) => [
        ...sessions(program, 'runAs', { set: success }),
        ...refusals(program, { by: 'user', user: 'runAs' }),
      ]),
    ],
  },
  {
    name: 'cron',
    documentation: 'cron(8) and cronie sources (messages of cron)',
    forms: ['text'],
    apps: ['cron', 'crond', '/usr/sbin/cron', 'crontab', 'anacron'],
    product: 'linux',
    service: 'cron',
    class: 'process',
    account: 'user',
    commandLine: 'command',
    messages: [
      { like: '({user}) CMD ([{job:int}] {command:last})', class: 'process' },
      { like: '({user}) CMD ({command:last})', class: 'process' },
      ...sessions('cron', 'user', { class: 'authentication' }),
      { like: '({user}) {action} ({about:any})', class: 'service' },
    ],
  },
  {
    name: 'linux-accounts',
    documentation: 'shadow sources (messages of useradd, usermod, groupadd, passwd)',
    forms: ['text'],
    apps: ['useradd', 'usermod', 'userdel', 'groupadd', 'groupmod', 'groupdel', 'passwd', 'chpasswd', 'gpasswd', 'chage'],
    product: 'linux',
    service: 'auth',
    class: 'account-change',
    messages: [
      { like: 'new user: name={target:any}, UID={uid:int}, ', set: { action: 'add' } },
      { like: 'new group: name={group:any}, GID={gid:int}', set: { action: 'add group' } },
      { like: "add '{target}' to group '{group}'", set: { action: 'add to group' } },
      { like: "add '{target}' to shadow group '{group}'" },
      { like: "delete '{target}' from group '{group}'", set: { action: 'remove from group' } },
      { like: "delete '{target}' from shadow group '{group}'" },
      { like: 'user {target} added by {user} to group {group}', account: 'user', set: { action: 'add to group' } },
      { like: 'user {target} removed by {user} from group {group}', account: 'user', set: { action: 'remove from group' } },
      { like: "delete user '{target}'", set: { action: 'delete' } },
      { like: "removed group '{group}' owned by '{:any}'", set: { action: 'delete group' } },
      { like: "change user '{target}' {what} from '{was:any}' to '{is:any}'", set: { action: 'change' } },
      { like: "change user '{target}' password", set: { action: 'password' } },
      { like: "lock user '{target}' password", set: { action: 'lock' } },
      { like: "unlock user '{target}' password", set: { action: 'unlock' } },
      { like: "password for '{target}' changed by '{user}'", account: 'user', set: { action: 'password' } },
      { like: 'pam_unix(passwd:chauthtok): password changed for {target}', set: { action: 'password' } },
      { like: 'pam_unix(chpasswd:chauthtok): password changed for {target}', set: { action: 'password' } },
    ],
  },
  {
    name: 'sftp',
    documentation: 'OpenSSH sources, sftp-server.c (messages of internal-sftp)',
    forms: ['text'],
    apps: ['internal-sftp', 'sftp-server'],
    product: 'linux',
    service: 'sftp',
    class: 'file',
    messages: [
      { like: 'session opened for local user {user} from [{src:ip}]', class: 'authentication', account: 'user', sourceIp: 'src' },
      { like: 'session closed for local user {user} from [{src:ip}]', class: 'authentication', account: 'user', sourceIp: 'src' },
      { like: 'open "{file:quoted}" flags {flags}' },
      { like: 'close "{file:quoted}" bytes read {bytesRead:int} written {bytesWritten:int}', bytesOut: 'bytesRead' },
      { like: 'remove name "{file:quoted}"', set: { action: 'remove' } },
      { like: 'rename old "{file:quoted}" new "{target:quoted}"', set: { action: 'rename' } },
      { like: 'posix-rename old "{file:quoted}" new "{target:quoted}"', set: { action: 'rename' } },
      { like: 'mkdir name "{file:quoted}"', set: { action: 'mkdir' } },
      { like: 'rmdir name "{file:quoted}"', set: { action: 'rmdir' } },
      { like: 'opendir "{file:quoted}"' },
    ],
  },
  {
    name: 'logind',
    documentation: 'systemd sources, logind (messages of systemd-logind)',
    forms: ['text'],
    apps: ['systemd-logind'],
    product: 'linux',
    service: 'auth',
    class: 'authentication',
    account: 'user',
    messages: [{ like: 'New session {session} of user {user:any}.', set: success }],
  },
  {
    name: 'rsyslog',
    documentation: 'rsyslog sources (messages of rsyslogd about itself)',
    forms: ['text'],
    apps: ['rsyslogd', 'rsyslogd*'],
    product: 'linux',
    service: 'syslog',
    class: 'log',
  },
  {
    name: 'auditd',
    documentation: 'Red Hat "Understanding Audit log files"; linux-audit-documentation: field and record dictionaries',
    forms: ['audit'],
    product: 'linux',
    service: 'auditd',
    class: 'other',
    time: 'audit_time',
    host: 'node',
    account: ['acct', 'AUID', 'UID', 'auid'],
    process: 'exe',
    eventId: 'type',
    kinds: [
      {
        when: { type: 'EXECVE' },
        class: 'process',
        category: 'process_creation',
        account: ['AUID', 'auid', 'UID', 'uid'],
        process: ['exe', 'a0'],
        commandLine: 'CommandLine',
        also: {
          Image: ['exe', 'a0'],
          CurrentDirectory: 'cwd',
          User: ['AUID', 'UID', 'auid'],
          ProcessId: 'pid',
          ParentProcessId: 'ppid',
          LogonId: 'ses',
        },
      },
      {
        when: { type: 'PATH', nametype: 'CREATE' },
        class: 'file',
        category: 'file_event',
        also: { TargetFilename: 'name', Image: 'exe' },
      },
      {
        when: { type: 'PATH', nametype: 'DELETE' },
        class: 'file',
        category: 'file_delete',
        also: { TargetFilename: 'name', Image: 'exe' },
      },
      { when: { type: 'PATH' }, class: 'file' },
      {
        when: { type: 'SOCKADDR', SYSCALL: 'connect', addr: true },
        class: 'network',
        category: 'network_connection',
        targetIp: 'addr',
        targetPort: 'port',
        also: { DestinationIp: 'addr', DestinationPort: 'port', Image: 'exe', User: ['AUID', 'UID', 'auid'] },
        set: { Initiated: 'true' },
      },
      { when: { type: 'SYSCALL' }, class: 'other' },
      {
        when: {
          type: ['ADD_USER', 'DEL_USER', 'ADD_GROUP', 'DEL_GROUP', 'USER_MGMT', 'USER_CHAUTHTOK', 'GRP_MGMT', 'ACCT_LOCK'],
        },
        class: 'account-change',
        sourceIp: 'addr',
      },
      { when: { type: 'USER_CMD' }, class: 'process', commandLine: 'cmd', account: ['AUID', 'auid', 'acct'] },
      { when: { type: ['SERVICE_START', 'SERVICE_STOP'] }, class: 'service' },
      { when: { type: ['DAEMON_START', 'DAEMON_END', 'DAEMON_ABORT', 'CONFIG_CHANGE', 'DAEMON_CONFIG'] }, class: 'log' },
      { when: { type: ['USER_*', 'CRED_*', 'LOGIN', 'ANOM_LOGIN*'] }, class: 'authentication', sourceIp: ['addr', 'hostname'] },
    ],
  },
]
