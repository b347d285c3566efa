/**
 * Texts that stand in a good part of the values of Windows logs: a longer text that holds one of them is no rarer for it.
 * Longest first, folded.
 */
const commonplace = [
  'deletevalue',
  'deletekey',
  'createkey',
  'setvalue',
  '0x1fffff',
  '0x1400',
  '0x1410',
  '0x1000',
  'create',
  'delete',
  'program files (x86)',
  'kernelbase.dll',
  'program files',
  'powershell.exe',
  'currentversion',
  'hklm\\software',
  '\\microsoft',
  'svchost.exe',
  'system32',
  'syswow64',
  'software',
  'ntdll.dll',
  '\\windows',
  'lsass.exe',
  'services',
  'powershell',
  'security',
  'appdata',
  'cmd.exe',
  '\\users',
  'local',
  '.exe',
  '.dll',
  'c:',
]

const everywhere = new RegExp(commonplace.map((one) => one.replaceAll(/[\\.()]/g, String.raw`\$&`)).join('|'), 'g')

/** Characters that few values hold. */
const uncommon = /[^a-z0-9 .\\/_:-]/g

const known = new Map<string, number>()

/** How many characters of a folded text tell something: its length without what stands everywhere. */
export function rarity(text: string): number {
  let found = known.get(text)
  if (found === undefined) {
    const rest = text.toLowerCase().replaceAll(everywhere, '')
    found = rest.length + (rest.match(uncommon)?.length ?? 0) + text.length / 1_000
    if (known.size < 100_000) known.set(text, found)
  }
  return found
}
