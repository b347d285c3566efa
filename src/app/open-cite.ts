import { canonicalJson, limits, locatorText, type ByteSource, type Watch } from '../base/index.ts'
import { decisions, finding, note } from '../casefile/index.ts'
import {
  appendCustody,
  citeKey,
  citeText,
  exhibits,
  openExhibit,
  resolveCite,
  type Cite,
  type Exhibit,
  type Excerpt,
  type Resolved,
  type Signer,
} from '../evidence/index.ts'
import { identify } from '../formats/index.ts'
import { entryRevision } from '../inventory/index.ts'
import { listCopies } from '../provenance/index.ts'
import { accountParts, isPersonnelPurpose, namesAccounts } from './account-masking.ts'
import { attackReference } from './attack-groups.ts'
import { acquiredText } from './case-view.ts'
import { casePasswords } from './case-passwords.ts'
import { isTable, linesOf, shownBy } from './cite-lines.ts'
import type { CaseStore } from './case-store.ts'
import type { OpenedCite } from './desk.ts'
import { openInventory } from './estate.ts'
import { knownLaws } from './due.ts'
import { isMasked } from './masking.ts'
import { registryFolder } from './registry.ts'
import { releasedRows } from './released-rows.ts'
import { mayReidentify } from './two-keys.ts'
import { memberSource } from './unpack.ts'
import type { Workspace } from './workspace.ts'

/**
 * Opens the original behind a cite for a reader. Records of customers come masked; with a `purpose` they come as they are, and who
 * read them for what is written into the chain of custody. Logins of accounts stand as pseudonyms, unless the purpose is one of the personnel compartment.
 */
export async function openCite(options: {
  readonly workspace: Workspace
  readonly store: CaseStore
  readonly cite: Cite
  readonly signer: Signer
  readonly purpose?: string
  readonly watch?: Watch
}): Promise<OpenedCite> {
  const { workspace, store, cite, signer, purpose } = options
  const scratch = workspace.path('run', 'scratch')
  const found = await resolveCite(store, cite, {
    resolvers: {
      finding: ({ id }) => {
        const one = finding(store.db, id)
        return one === undefined ? undefined : { title: `${one.kind} finding, ${one.status}`, text: one.text }
      },
      decision: ({ id }) => {
        const one = decisions(store.db).find((each) => each.id === id)
        return one === undefined
          ? undefined
          : { title: `Decision ${one.number} by ${one.by.join(', ')}, ${one.at}`, text: `${one.text}\nReason: ${one.reason}` }
      },
      inventory: ({ entry, revision }) => {
        const db = openInventory(workspace, store.info())
        try {
          const found = entryRevision(db, entry, revision)
          return found === undefined
            ? undefined
            : {
                title: `Inventory ${entry}, revision ${revision}, by ${found.by}, ${found.at}`,
                text: JSON.stringify(found.entry, undefined, 2),
                ...(found.superseded ? { note: 'A later revision of this entry exists.' } : {}),
              }
        } finally {
          db.close()
        }
      },
      copy: ({ copy, rows }) => {
        const found = listCopies(registryFolder(workspace, store.info())).find((one) => one.id === copy)
        return found === undefined
          ? undefined
          : {
              title: `Copy ${found.id} held by ${found.holder}, as of ${found.asOf}`,
              text: `${found.rows.toLocaleString('en-US')} rows, ${found.columns.length} columns (${found.columns.map((column) => column.name).join(', ')}); file ${found.source}, SHA-256 ${found.sha256}`,
              note: `Cited: ${locatorText(rows) || 'the whole copy'}. The registry holds keyed tokens, not the rows; open the original file to see them.`,
            }
      },
      reference: ({ file, key }) => referenceText({ store, file, key }),
      member: (source, member) => memberSource({ source, member, scratch, passwords: casePasswords(workspace, store.id) }),
      kindOf: async (source) => (await identify(source)).kind,
      logLinePrefix: ({ sha256 }) => store.given().find((one) => one.sha256 === sha256)?.rule.log_line_prefix,
    },
    ...(options.watch === undefined ? {} : { watch: options.watch }),
  })
  const resolved = releasedRows({ workspace, store, cite, resolved: found })
  const names = purpose !== undefined && resolved.kind === 'exhibit' && isMasked(resolved.exhibit.role)
  const approval = names
    ? mayReidentify({ workspace, signer, purpose, scope: `case ${store.id}`, subjects: [canonicalJson(citeKey(cite))] })
    : {}
  const opened = await shown({ workspace, resolved, cite, store, ...(purpose === undefined ? {} : { purpose }) })
  if (names)
    appendCustody(store.db, {
      at: workspace.world.now(),
      act: 're-identified',
      exhibit: resolved.exhibit.number,
      by: [signer],
      detail: {
        purpose: purpose.toWellFormed(),
        place: locatorText(cite.kind === 'exhibit' ? cite.at : { kind: 'whole' }),
        ...approval,
      },
    })
  if (names && isPersonnelPurpose(purpose) && namesAccounts(resolved.exhibit.role))
    note(store.db, {
      kind: 'note',
      by: signer,
      at: workspace.world.now(),
      text: `Logins in ${opened.label} were read. Purpose: ${purpose.toWellFormed()}`,
      compartment: 'personnel',
    })
  return opened
}

function referenceText({
  store,
  file,
  key,
}: {
  store: CaseStore
  file: string
  key: string
}): { title: string; text: string } | undefined {
  if (file === 'case') {
    const info = store.info()
    return {
      title: `Case ${info.id}: ${key}`,
      text: key === 'opened' ? `The case was opened at ${info.openedAt}.` : JSON.stringify(info, undefined, 2),
    }
  }
  if (file.startsWith('data/attack-groups')) return attackReference(file, key)
  const law = knownLaws().find((one) => file.includes(one.id))
  return law === undefined
    ? undefined
    : {
        title: `${law.law} (${law.jurisdiction})`,
        text: JSON.stringify(law.rules.find((rule) => rule.id === key) ?? law, undefined, 2),
      }
}

async function shown(options: {
  readonly workspace: Workspace
  readonly resolved: Resolved
  readonly cite: Cite
  readonly store: CaseStore
  readonly purpose?: string
}): Promise<OpenedCite> {
  const { workspace, resolved, cite, store, purpose } = options
  const label = citeText(cite, (sha256) => exhibits(store.db).find((one) => one.sha256 === sha256)?.number)
  switch (resolved.kind) {
    case 'unresolved':
      return { label, lines: [], custody: [], note: `${resolved.why} ${resolved.todo}` }
    case 'record':
      return {
        label,
        lines: resolved.text.split('\n').map((text) => ({ label: '', text, cited: true })),
        custody: [],
        ...noteOf([`${resolved.title}.`, resolved.note]),
      }
    case 'exhibit': {
      const { exhibit: one, excerpt } = resolved
      const masked = isMasked(one.role) && purpose === undefined
      const pseudonyms = namesAccounts(one.role) && (purpose === undefined || !isPersonnelPurpose(purpose))
      const picture = await pictureUrl(store, one)
      const notes = [
        resolved.note,
        leftText(excerpt),
        masked ? 'Personal values are masked; state a purpose to see the original.' : '',
        pseudonyms && !masked
          ? 'Accounts of the review stand as pseudonyms; a purpose that begins with "personnel" shows their logins.'
          : '',
      ]
      return {
        label,
        exhibit: {
          number: one.number,
          name: one.name,
          kind: one.kind,
          sha256: one.sha256,
          size: one.size,
          mode: one.mode,
          acquired: acquiredText(one),
        },
        lines:
          picture === undefined
            ? linesOf(
                excerpt,
                shownBy({ masked, table: isTable(one), ...(pseudonyms ? { parts: accountParts(workspace, store) } : {}) }),
              )
            : [],
        ...(picture === undefined ? {} : { picture }),
        custody: resolved.custody.map(({ seq, at, act, by, hash }) => ({
          seq,
          at,
          act,
          by: by.map((person) => person.name).join(', '),
          hash,
        })),
        masked,
        ...noteOf(notes),
      }
    }
  }
}

function noteOf(parts: readonly string[]): { note?: string } {
  const note = parts.filter((text) => text !== '').join(' ')
  return note === '' ? {} : { note }
}

function leftText(excerpt: Excerpt | undefined): string {
  return excerpt?.kind === 'pieces' && excerpt.left > 0 ? `${excerpt.left} more places are cited and not shown here.` : ''
}

const pictureTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
}

async function pictureUrl(store: CaseStore, one: Exhibit): Promise<string | undefined> {
  const type = pictureTypes[one.kind]
  if (type === undefined || one.size > limits.pictureBytes) return undefined
  const source: ByteSource = await openExhibit(store, one)
  return `data:${type};base64,${Buffer.from(await source.slice(0, source.size)).toString('base64')}`
}
