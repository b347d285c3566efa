import { utcIso } from '../calendar.ts'
import { csvRow } from '../output.ts'
import type { Host } from './estate.ts'
import type { World } from './world.ts'

/** A file as the file table of an NTFS volume keeps it, long after logs have rolled. */
export function inFileTable(
  world: World,
  host: Host,
  one: {
    readonly at: number
    readonly folder: string
    readonly name: string
    readonly size: number
    readonly backdated?: number
  },
): void {
  const path = `logs/mft-${host.name}.csv`
  world.recorder.file(path, [
    'EntryNumber,SequenceNumber,InUse,ParentEntryNumber,ParentPath,FileName,Extension,FileSize,IsDirectory,SI<FN,Created0x10,Created0x30,LastModified0x10,LastModified0x30,LastRecordChange0x10,LastRecordChange0x30,LastAccess0x10,LastAccess0x30',
  ])
  const at = world.recorder.clock(host.name, one.at)
  const made = stamp(at)
  const shown = one.backdated === undefined ? made : stamp(one.backdated)
  const dot = one.name.lastIndexOf('.')
  world.recorder.add(path, {
    host: host.name,
    at: one.at,
    text: csvRow([
      String(30_000 + (Math.floor(at / 977) % 900_000)),
      String(1 + (at % 9)),
      'True',
      String(20_000 + one.folder.length * 131),
      `.\\${one.folder}`,
      one.name,
      dot < 0 ? '' : one.name.slice(dot),
      String(one.size),
      'False',
      one.backdated === undefined ? 'False' : 'True',
      shown,
      one.backdated === undefined ? '' : made,
      shown,
      '',
      made,
      '',
      shown,
      '',
    ]),
  })
}

/** A program that ran or was met, as Amcache keeps it. */
export function inAmcache(
  world: World,
  host: Host,
  one: { readonly at: number; readonly path: string; readonly size: number; readonly hash: string },
): void {
  const path = `logs/amcache-${host.name}.csv`
  world.recorder.file(path, [
    'ApplicationName,ProgramId,FileKeyLastWriteTimestamp,SHA1,IsOsComponent,FullPath,Name,FileExtension,LinkDate,Size',
  ])
  const name = one.path.slice(one.path.lastIndexOf('\\') + 1)
  world.recorder.add(path, {
    host: host.name,
    at: one.at,
    text: csvRow([
      'Unassociated',
      `0006${one.hash.slice(0, 40)}`,
      stamp(world.recorder.clock(host.name, one.at)).slice(0, 19),
      one.hash.slice(0, 40),
      'False',
      one.path.toLowerCase(),
      name,
      name.slice(name.lastIndexOf('.')),
      '2019-05-05 01:02:03',
      String(one.size),
    ]),
  })
}

function stamp(at: number): string {
  return `${utcIso(at).slice(0, 23).replace('T', ' ')}0000`
}
