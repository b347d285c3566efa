import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../base/index.ts'
import { fingerprintOf, makeKey, sameName, signerOf, type Person, type Signer } from './signing-key.ts'
import { writeWholeSync } from './write-whole.ts'

/**
 * Makes a key for a person and stores it under `directory` (outside the workspace, 0700), private half 0600.
 * Throws a UserError when somebody of that name has a key there already.
 */
export function newKey(options: { readonly directory: string; readonly name: string; readonly role: string }): Person {
  const name = options.name.toWellFormed().normalize('NFC').trim()
  if (name === '' || name.length > 200)
    throw new UserError({
      code: 'key-name',
      message: 'A key needs the name of the person, of at most 200 characters.',
      hint: 'Give the name: `breachline key new "Aisha Rahman" --role "incident lead"`.',
      exitCode: 2,
    })
  if (listKeys(options.directory).some((person) => sameName(person.name, name)))
    throw new UserError({
      code: 'key-exists',
      message: `There is a key for "${name}" already.`,
      hint: 'Use that key, or give the new one a name of its own.',
    })
  const { person, privateKey } = makeKey({ name, role: options.role.toWellFormed().trim() })
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const draft = mkdtempSync(join(options.directory, '.new-'))
  writeWholeSync(join(draft, 'private.pem'), privateKey, 0o600)
  writeWholeSync(join(draft, 'person.json'), `${JSON.stringify(person, undefined, 2)}\n`, 0o644)
  chmodSync(draft, 0o700)
  renameSync(draft, join(options.directory, folderName(person)))
  return person
}

/** The signer of that name (letter case does not matter). Throws a UserError when there is none or others may read the key. */
export function loadKey(options: { readonly directory: string; readonly name: string }): Signer {
  const found = readKeys(options.directory).find(({ person }) => sameName(person.name, options.name))
  if (found === undefined)
    throw new UserError({
      code: 'key-missing',
      message: `There is no key for "${options.name}".`,
      hint: `Make one with \`breachline key new "${options.name}"\`.`,
    })
  const path = join(found.folder, 'private.pem')
  if (!existsSync(path))
    throw new UserError({
      code: 'key-missing',
      message: `The private key of "${found.person.name}" is not in its folder.`,
      hint: 'Restore it from its backup; without it nothing can be signed in that name.',
    })
  if ((statSync(path).mode & 0o077) !== 0)
    throw new UserError({
      code: 'key-exposed',
      message: `Other users of this machine can read the private key of "${found.person.name}".`,
      hint: 'Set the mode of private.pem to 600. If others had access, make a new key.',
    })
  const { name, role, fingerprint } = found.person
  const signer = signerOf({ name, role, privateKey: readFileSync(path, 'utf8') })
  if (signer.fingerprint !== fingerprint)
    throw new UserError({
      code: 'key-mismatch',
      message: `The private key of "${name}" does not belong to the public key beside it.`,
      hint: 'Restore both files from the same backup.',
    })
  return signer
}

/** Everybody with a key under `directory`, by name; folders that hold no readable key are passed over. */
export function listKeys(directory: string): readonly Person[] {
  return readKeys(directory).map(({ person }) => person)
}

function readKeys(directory: string): { folder: string; person: Person }[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const folder = join(directory, entry.name)
      const person = readPerson(join(folder, 'person.json'))
      return person === undefined ? [] : [{ folder, person }]
    })
    .sort((a, b) => (a.person.name < b.person.name ? -1 : 1))
}

/** The person a `person.json` names; undefined when it is none, or when its fingerprint is not that of its key. */
export function readPerson(path: string): Person | undefined {
  try {
    const { name, role, fingerprint, publicKey } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    if (typeof name !== 'string' || typeof role !== 'string' || typeof publicKey !== 'string') return undefined
    return fingerprintOf(publicKey) === fingerprint ? { name, role, publicKey, fingerprint: String(fingerprint) } : undefined
  } catch {
    return undefined
  }
}

/** A readable folder name that is unique by the key: `aisha-rahman-1f2e3d4c`. */
function folderName(person: Person): string {
  const words = person.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
  return `${words.replaceAll(/^-|-$/g, '') || 'key'}-${person.fingerprint.slice(0, 8)}`
}
