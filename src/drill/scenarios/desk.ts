import type { Account } from './estate.ts'
import { logon } from './logon.ts'
import type { Foot } from './movement.ts'
import type { Process } from './windows-log.ts'
import type { World } from './world.ts'

const office = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\'

/** Somebody at the own desk in the middle of the day: the session is unlocked, the desktop has been there since the morning. */
export function atDesk(world: World, user: Account, at: number): Foot {
  const log = world.on(user.home)
  const session = logon(log, at, { user: user.user, type: 7 })
  return { log, process: log.running('explorer.exe', session) }
}

/** Mail is read: the mail program is opened. Returns it. */
export function readingMail({ log, process }: Foot, at: number): Process {
  return log.start(at, { image: `${office}OUTLOOK.EXE`, line: `"${office}OUTLOOK.EXE"`, parent: process })
}

/** A document that came by mail is opened in the word processor. Returns that. */
export function openAttachment(
  { log }: Foot,
  at: number,
  one: { readonly mail: Process; readonly user: Account; readonly file: string },
): Process {
  const path = `${attachmentFolder(log.random.hex(8), one.user)}${one.file}`
  log.create(at - 900, one.mail, path)
  return log.start(at, { image: `${office}WINWORD.EXE`, line: `"${office}WINWORD.EXE" /n "${path}" /o ""`, parent: one.mail })
}

/** Where the mail program puts attachments that are opened. */
export function attachmentFolder(mark: string, { name }: Pick<Account, 'name'>): string {
  return `C:\\Users\\${name}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\${mark.toUpperCase()}\\`
}

/** A storage device is plugged in: Security 6416 of the device and, by Sysmon, the value that keeps its letter. */
export function plugIn(
  { log }: Foot,
  at: number,
  one: { readonly maker: string; readonly product: string; readonly letter: string },
): void {
  const serial = log.random.hex(12).toUpperCase()
  const ids = `DISK&VEN_${one.maker.toUpperCase()}&PROD_${one.product.toUpperCase().replaceAll(' ', '_')}&REV_1.00`
  log.security(at, 6416, {
    SubjectUserSid: 'S-1-5-18',
    SubjectUserName: `${log.host.name.toUpperCase()}$`,
    SubjectDomainName: 'MERIDIAN',
    SubjectLogonId: '0x3e7',
    DeviceId: `USBSTOR\\${ids}\\${serial}&0`,
    DeviceDescription: `${one.maker} ${one.product} USB Device`,
    ClassId: '{4d36e967-e325-11ce-bfc1-08002be10318}',
    ClassName: 'DiskDrive',
    VendorIds: `USBSTOR\\${ids}`,
    CompatibleIds: 'USBSTOR\\Disk USBSTOR\\RAW GenDisk',
    LocationInformation: '-',
  })
  log.setValue(
    at + 3_000,
    log.running('svchost.exe'),
    `HKLM\\SOFTWARE\\Microsoft\\Windows Portable Devices\\Devices\\SWD#WPDBUSENUM#_??_USBSTOR#${ids}#${serial}&0\\FriendlyName`,
    `${one.letter}:\\`,
  )
}
