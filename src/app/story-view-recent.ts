/** The last answers to questions that are asked again and again; one that failed is forgotten. */
export class RecentAnswers<Answer> {
  readonly #most: number
  readonly #answers = new Map<string, Promise<Answer>>()

  constructor(most: number) {
    this.#most = most
  }

  /** The kept answer of a key, or that of `ask`; those asked for longest ago leave first. */
  get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key)
    this.#answers.delete(key)
    const answer = known ?? ask()
    this.#answers.set(key, answer)
    if (known === undefined) answer.catch(() => this.#answers.get(key) === answer && this.#answers.delete(key))
    const [oldest] = this.#answers.keys()
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest)
    return answer
  }
}
