import type { ByteSource } from '../../base/index.ts'

interface Image {
  readonly seen: string
  readonly todo: string
}

const disk =
  'Disk images are not read here. Open it with The Sleuth Kit (fls -r -m / gives a body file) or Plaso (log2timeline, psort -o json_line), or export the logs; bring back the body file, the timeline or the logs, and keep the image with its hash.'
const memory =
  'Memory images are not read here. Open it with Volatility 3 or MemProcFS; bring back the timeline (timeliner, forensic/timeline) as CSV or JSON and the event logs found in it, and keep the image with its hash.'

const ifMemory = 'If it is the image of a memory: Volatility 3 or MemProcFS, and their timeline.'

interface Sign {
  readonly at: number
  readonly bytes: string
  readonly seen: string
  readonly todo: string
}

/** First bytes after: libewf, VMware "Virtual Disk Format 5.0", MS-VHDX, QEMU qcow2, VirtualBox, AFFLIB, LiME, and Microsoft's headers of hibernation and dump files. */
const signs: readonly Sign[] = [
  { at: 0, bytes: 'EVF\t\r\n\xff\0', seen: 'a disk image in EnCase format (E01)', todo: disk },
  { at: 0, bytes: 'EVF2\r\n\x81', seen: 'a disk image in EnCase format (Ex01)', todo: disk },
  { at: 0, bytes: 'LVF\t\r\n\xff\0', seen: 'a logical evidence file of EnCase (L01)', todo: disk },
  { at: 0, bytes: 'AFF10\r\n', seen: 'a disk image in AFF format', todo: disk },
  { at: 0, bytes: 'KDMV', seen: 'a virtual disk of VMware (VMDK)', todo: disk },
  { at: 0, bytes: '# Disk DescriptorFile', seen: 'the description of a virtual disk of VMware (VMDK)', todo: disk },
  { at: 0, bytes: 'vhdxfile', seen: 'a virtual disk of Hyper-V (VHDX)', todo: disk },
  { at: 0, bytes: 'conectix', seen: 'a virtual disk (VHD)', todo: disk },
  { at: 0, bytes: 'QFI\xfb', seen: 'a virtual disk of QEMU (qcow2)', todo: disk },
  { at: 64, bytes: '\x7f\x10\xda\xbe', seen: 'a virtual disk of VirtualBox (VDI)', todo: disk },
  { at: 0, bytes: 'LUKS\xba\xbe', seen: 'an encrypted volume (LUKS)', todo: disk },
  { at: 3, bytes: '-FVE-FS-', seen: 'an encrypted volume (BitLocker)', todo: disk },
  { at: 3, bytes: 'NTFS    ', seen: 'the image of a volume (NTFS)', todo: disk },
  { at: 54, bytes: 'FAT16   ', seen: 'the image of a volume (FAT)', todo: disk },
  { at: 82, bytes: 'FAT32   ', seen: 'the image of a volume (FAT)', todo: disk },
  { at: 3, bytes: 'MSDOS5.0', seen: 'the image of a volume (FAT)', todo: disk },
  { at: 3, bytes: 'EXFAT   ', seen: 'the image of a volume (exFAT)', todo: disk },
  { at: 32_769, bytes: 'CD001', seen: 'the image of an optical disc (ISO 9660)', todo: disk },
  { at: 0, bytes: 'XFSB', seen: 'the image of a volume (XFS)', todo: disk },
  { at: 512, bytes: 'EFI PART', seen: 'a raw disk image (GPT)', todo: disk },
  { at: 4_096, bytes: 'EFI PART', seen: 'a raw disk image (GPT)', todo: disk },
  { at: 0, bytes: 'EMiL', seen: 'a memory image of Linux (LiME)', todo: memory },
  { at: 0, bytes: 'hibr', seen: 'a hibernation file of Windows', todo: memory },
  { at: 0, bytes: 'HIBR', seen: 'a hibernation file of Windows', todo: memory },
  { at: 0, bytes: 'wake', seen: 'a hibernation file of Windows', todo: memory },
  { at: 0, bytes: 'WAKE', seen: 'a hibernation file of Windows', todo: memory },
  { at: 0, bytes: 'PAGEDU64', seen: 'a crash dump of Windows', todo: memory },
  { at: 0, bytes: 'PAGEDUMP', seen: 'a crash dump of Windows', todo: memory },
  { at: 0, bytes: 'MDMP\x93\xa7', seen: 'the memory of a process of Windows (minidump)', todo: memory },
]

/** Says by content that bytes are the image of a disk, a volume or a memory; undefined for anything else. */
export function imageIn(head: Uint8Array, source: ByteSource): Image | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  // Words at the beginning of a text may be the same.
  const isText = !bytes.subarray(0, 64).includes(0)
  for (const { at, bytes: sign, seen, todo } of signs)
    if ((!isText || sign.startsWith('#') || at > 0) && bytes.subarray(at, at + sign.length).equals(Buffer.from(sign, 'latin1')))
      return { seen, todo }
  // An ELF file of the kind `core`: dumps of virtual machines and of processes.
  if (bytes.length > 18 && bytes.readUInt32BE(0) === 0x7f454c46 && bytes.readUInt16LE(16) === 4)
    return { seen: 'a memory image (ELF core)', todo: memory }
  if (bytes.length >= 1_082 && bytes.readUInt16LE(1_080) === 0xef53 && bytes.subarray(0, 512).every((byte) => byte === 0))
    return { seen: 'the image of a volume (ext)', todo: disk }
  return hasPartitions(bytes, source.size) ? { seen: 'a raw disk image (MBR)', todo: disk } : undefined
}

const diskName = /\.(?:dd|img|raw|iso|aff4|vmdk|vdi|vhdx?|qcow2?|e01|ex01|l01|0\d\d)$/i
const memoryName = /\.(?:vmem|mem|mddramimage|lime|dmp|vmsn|vmss|core|ram)$|(?:^|[\\/])(?:hiberfil|pagefile|swapfile)\.sys$/i

/** Of bytes that no content tells: what their name says they are, as raw images of memory bear no mark. */
export function imageNamed(name: string): Image | undefined {
  if (memoryName.test(name)) return { seen: 'under the name of a memory image', todo: memory }
  return diskName.test(name) ? { seen: 'under the name of a disk image', todo: `${disk} ${ifMemory}` } : undefined
}

/** A boot record: its mark, and four partition entries of which one at least is used and lies within the disk. */
function hasPartitions(bytes: Buffer, size: number): boolean {
  if (bytes.length < 512 || bytes.readUInt16LE(510) !== 0xaa55) return false
  let used = 0
  for (let at = 446; at < 510; at += 16) {
    const status = bytes[at]
    if (status !== 0 && status !== 0x80) return false
    const start = bytes.readUInt32LE(at + 8)
    if (bytes[at + 4] !== 0 && bytes.readUInt32LE(at + 12) > 0) {
      if (start === 0 || start * 512 > Math.max(size, 1024 ** 4 * 2)) return false
      used += 1
    }
  }
  return used > 0
}
