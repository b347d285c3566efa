import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ajv, ErrorObject, Options } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import AjvDraft04 from 'ajv-draft-04'

// Patterns of STIX are no Unicode regexes; formats are stated beside patterns that check them.
const options: Options = { strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }

/** Schemas that refer to each other by `$id`, JSON Schema 2020-12. */
export class SchemaSet {
  readonly #ajv: Ajv = new Ajv2020(options)

  add(schema: object, id?: string): this {
    this.#ajv.addSchema(schema, id)
    return this
  }

  /** All schemas of a folder, by their own ids. */
  addFolder(folder: string): this {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && entry.name.endsWith('.json'))
        this.add(JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as object)
    return this
  }

  /** Problems of a value under the schema with this id. */
  check(value: unknown, id: string): readonly string[] {
    const validate = this.#ajv.getSchema(id)
    if (validate === undefined) throw new Error(`no schema ${id}`)
    return validate(value) === true ? [] : told(validate.errors)
  }
}

/** Problems of a value under a schema of draft 4. */
export function draft4Problems(value: unknown, schema: object): readonly string[] {
  const validate = new AjvDraft04.default(options).compile(schema)
  return validate(value) ? [] : told(validate.errors)
}

function told(errors: readonly ErrorObject[] | null | undefined): string[] {
  return (errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`)
}
