import type { LogEvent } from './event.ts'

/** A kind of event that occurs in a source, with its first and last time. */
export interface KindSeen {
  /** What `kindOf` calls it. */
  readonly name: string
  readonly first: string
  readonly last: string
}

/** System calls of x86-64 that the analytics of ATT&CK name, for audit logs that give numbers only. */
const calls: Readonly<Record<string, string>> = {
  0: 'read',
  1: 'write',
  2: 'open',
  9: 'mmap',
  10: 'mprotect',
  16: 'ioctl',
  41: 'socket',
  42: 'connect',
  43: 'accept',
  44: 'sendto',
  49: 'bind',
  54: 'setsockopt',
  56: 'clone',
  57: 'fork',
  59: 'execve',
  62: 'kill',
  82: 'rename',
  83: 'mkdir',
  85: 'creat',
  86: 'link',
  87: 'unlink',
  88: 'symlink',
  90: 'chmod',
  91: 'fchmod',
  92: 'chown',
  101: 'ptrace',
  105: 'setuid',
  132: 'utime',
  161: 'chroot',
  165: 'mount',
  166: 'umount',
  175: 'init_module',
  188: 'setxattr',
  246: 'kexec_load',
  257: 'openat',
  263: 'unlinkat',
  264: 'renameat',
  268: 'fchmodat',
  310: 'process_vm_readv',
  311: 'process_vm_writev',
  313: 'finit_module',
  319: 'memfd_create',
  321: 'bpf',
  322: 'execveat',
}

/** Names of the system calls that audit logs are told apart by. */
export const callNames: readonly string[] = Object.values(calls)

/**
 * The kind of an event for telling what could have been seen, parts joined by `/`: `eventlog/Security/4688`,
 * `linux/auditd/SYSCALL/execve`, `zeek/conn`, `aws/cloudtrail`; for others product, service and category as far as known.
 */
export function kindOf(event: LogEvent): string {
  const { product, service, category, channel, eventId, fields } = event
  if (channel !== '') return `eventlog/${channel}/${eventId}`
  if (service === 'auditd' && product === 'linux') {
    if (eventId !== 'SYSCALL') return `linux/auditd/${eventId}`
    const call = fields['SYSCALL'] ?? (fields['arch'] === 'c000003e' ? calls[fields['syscall'] ?? ''] : undefined)
    return `linux/auditd/SYSCALL/${call ?? ''}`
  }
  return [product, service, category].join('/')
}
