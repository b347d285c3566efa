import { wrongBlock, type BlockLayout, type LogBlock } from './block.ts'

const tokenStart =
  /,(?=(?:subject|path|attribute|exec_args|exec_env|text|argument|return|sequence|zone|privilege|use of authorization|use of privilege|user|process|ip address|socket|socket-inet|trailer|cmd),)/

/**
 * What `praudit` prints of a Solaris audit trail: tokens, one a line, or all of a record on one line (`-l`). A record goes
 * from its header token to the next one.
 */
export class Praudit implements BlockLayout {
  #open: { readonly line: number; readonly fields: Record<string, string> } | undefined

  add(text: string, line: number): readonly LogBlock[] {
    const done: LogBlock[] = []
    if (text.trim() === '') return done
    for (const token of text.split(tokenStart)) {
      const cells = token.split(',')
      if (cells[0] === 'header') {
        done.push(...this.end())
        this.#open = { line, fields: headerFields(cells) }
      } else if (cells[0] === 'file') {
        // Names the trail's file at its beginning and end.
      } else if (this.#open === undefined) done.push(wrongBlock(line, 'The token stands in front of any header.'))
      else Object.assign(this.#open.fields, tokenFields(cells, this.#open.fields))
    }
    return done
  }

  end(): readonly LogBlock[] {
    const open = this.#open
    this.#open = undefined
    return open === undefined ? [] : [{ line: open.line, form: 'praudit', fields: open.fields }]
  }
}

/** `header,bytes,version,event,modifier,host,time`; older systems name no host. */
function headerFields(cells: readonly string[]): Record<string, string> {
  const [, , version = '', event = '', modifier = '', ...rest] = cells
  const at = rest.findIndex((cell) => /^\d{4}-\d{2}-\d{2} |^[A-Z][a-z]{2} [A-Z][a-z]{2} /.test(cell))
  const fields: Record<string, string> = { version, event, modifier }
  if (at >= 0) fields['time'] = rest[at] ?? ''
  if (at > 0) fields['host'] = rest[0] ?? ''
  return fields
}

function tokenFields(cells: readonly string[], before: Readonly<Record<string, string>>): Record<string, string> {
  const [name = '', ...rest] = cells
  const value = rest.join(',')
  switch (name) {
    case 'subject': {
      const [audit_user = '', user = '', group = '', real_user = '', , pid = '', session = '', terminal = ''] = rest
      return { audit_user, user, group, real_user, pid, session, terminal, terminal_host: terminal.split(' ').at(-1) ?? '' }
    }
    case 'return':
      return { return: rest[0] ?? '', return_value: rest[1] ?? '' }
    case 'exec_args':
      return { exec_args: rest.slice(1).join(' ') }
    case 'trailer':
    case 'sequence':
      return {}
    default:
      return { [name]: before[name] === undefined ? value : `${before[name]}\n${value}` }
  }
}
